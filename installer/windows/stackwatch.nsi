; The installer for Windows: for one user, without an administrator. Compiles on Linux and on Windows.
;
;   makensis -DVERSION=0.1.0 -DPAYLOAD=<folder of the frozen program> -DPICTURES=<folder of icons.py>
;     -DOUTPUT=<file.exe> stackwatch.nsi
;   -DSIGN=<command>   signs the installer and the uninstaller: called with the file's path behind it
;
; Silent: /S, with /DESKTOP, /AUTOSTART, /NOAUTOSTART, /D=<folder> (last). The uninstaller: /S, /PURGE.
; Exit codes: 0 done, 1 cancelled, 2 failed, 3 the program is running, 4 this Windows cannot run it,
; 5 the folder holds something else or cannot be written.

!ifndef VERSION | PAYLOAD | PICTURES | OUTPUT
  !error "VERSION, PAYLOAD, PICTURES and OUTPUT must be given"
!endif

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetDatablockOptimize on
SetDateSave off

!define NAME "Stackwatch"
!define PROGRAM "Stackwatch.exe"
!define CONSOLE "stackwatch-cli.exe"
!define APP_ID "Stackwatch" ; as the program names itself, and as its notifications are registered
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED_KEY "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define OWN_KEY "Software\${NAME}"
!define DATA "$LOCALAPPDATA\${NAME}"
!define RUNNING 3
!define UNFIT 4
!define OCCUPIED 5

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN_KEY}" "InstallDir"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "LegalCopyright" "MIT licence"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include WinVer.nsh
!include x64.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!define MUI_ICON "${PICTURES}/stackwatch.ico"
!define MUI_UNICON "${PICTURES}/stackwatch.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURES}/setup-side.bmp"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${OWN_KEY}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "InstallerLanguage"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${PAYLOAD}\_internal\licences\Stackwatch-LICENSE.txt"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Korean"

LangString S_PROGRAM ${LANG_ENGLISH} "Stackwatch (required)"
LangString S_PROGRAM ${LANG_KOREAN} "Stackwatch(필수)"
LangString S_DESKTOP ${LANG_ENGLISH} "Desktop icon"
LangString S_DESKTOP ${LANG_KOREAN} "바탕 화면 아이콘"
LangString S_LOGIN ${LANG_ENGLISH} "Start when I log in"
LangString S_LOGIN ${LANG_KOREAN} "로그인할 때 시작"
LangString M_RUNNING ${LANG_ENGLISH} "Stackwatch is running. Please close its window (in the tray: Quit), then choose Retry."
LangString M_RUNNING ${LANG_KOREAN} "Stackwatch가 실행 중입니다. 창을 닫거나 트레이 메뉴에서 '끝내기'를 누른 뒤 '다시 시도'를 누르세요."
LangString M_UNFIT ${LANG_ENGLISH} "Stackwatch needs 64-bit Windows 10 (version 1809) or newer."
LangString M_UNFIT ${LANG_KOREAN} "Stackwatch에는 64비트 Windows 10(버전 1809) 이상이 필요합니다."
LangString M_OCCUPIED ${LANG_ENGLISH} "This folder cannot be used: it holds other files, or cannot be written. Please choose another one."
LangString M_OCCUPIED ${LANG_KOREAN} "이 폴더는 쓸 수 없습니다. 다른 파일이 있거나 쓰기가 금지되어 있습니다. 다른 폴더를 고르세요."
LangString M_PURGE ${LANG_ENGLISH} "Delete your lists, rules, alerts, settings and logs too? They cannot be brought back."
LangString M_PURGE ${LANG_KOREAN} "목록, 규칙, 알림, 설정, 로그도 지울까요? 지우면 되돌릴 수 없습니다."

; A program that runs cannot be opened for writing, whoever started it and however it was called.
!macro REFUSE_WHILE_RUNNING UN
Function ${UN}RefuseWhileRunning
  again:
  StrCpy $1 "${PROGRAM}"
  Call ${UN}IsRunning
  ${If} $0 == 0
    StrCpy $1 "${CONSOLE}"
    Call ${UN}IsRunning
  ${EndIf}
  ${If} $0 == 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(M_RUNNING)" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${RUNNING}
    Quit
  ${EndIf}
FunctionEnd

Function ${UN}IsRunning
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\$1"
    ClearErrors
    FileOpen $2 "$INSTDIR\$1" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $2
    ${EndIf}
  ${EndIf}
FunctionEnd
!macroend
!insertmacro REFUSE_WHILE_RUNNING ""
!insertmacro REFUSE_WHILE_RUNNING "un."

; An upgrade may write over a Stackwatch, also over one that a broken-off upgrade left without its program;
; anything else in the folder is somebody's, and is left alone: other programs have an uninstall.exe too.
Function RefuseOtherFolders
  ReadRegStr $2 HKCU "${OWN_KEY}" "InstallDir"
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
  ${AndIf} $2 != $INSTDIR
    FindFirst $0 $1 "$INSTDIR\*.*"
    ${DoUntil} $1 == ""
      ${If} $1 != "."
      ${AndIf} $1 != ".."
        FindClose $0
        Goto occupied
      ${EndIf}
      FindNext $0 $1
    ${Loop}
    FindClose $0
  ${EndIf}
  ClearErrors
  CreateDirectory "$INSTDIR"
  FileOpen $0 "$INSTDIR\install.tmp" w
  FileClose $0
  Delete "$INSTDIR\install.tmp"
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  occupied:
  MessageBox MB_OK|MB_ICONSTOP "$(M_OCCUPIED)" /SD IDOK
  SetErrorLevel ${OCCUPIED}
  Quit
FunctionEnd

; So that Windows files notifications and the task bar's button under the program's own name.
!macro NAME_SHORTCUT LINK
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${LINK}",2)'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call 'shlwapi::SHStrDupW(w "${APP_ID}", *p.r5)'
        System::Call '*(&i2 ${VT_LPWSTR},&i6 0,p r5,p 0)p.r4'
        ${IPropertyStore::SetValue} $2 '($3,$4)'
        ${IPropertyStore::Commit} $2 ""
        System::Call 'ole32::PropVariantClear(pr4)'
        System::Free $3
        System::Free $4
        ${IUnknown::Release} $2 ""
      ${EndIf}
      ${IPersistFile::Save} $1 '("${LINK}",1)'
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend

Section "$(S_PROGRAM)" SEC_PROGRAM
  SectionIn RO
  Call RefuseOtherFolders
  Call RefuseWhileRunning
  RMDir /r "$INSTDIR\_internal" ; nothing of the version before may stay
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  ClearErrors
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}\*"
  ${If} ${Errors}
    Abort
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  !insertmacro NAME_SHORTCUT "$SMPROGRAMS\${NAME}.lnk"

  WriteRegStr HKCU "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${OWN_KEY}" "Version" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Section /o "$(S_DESKTOP)" SEC_DESKTOP
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
  !insertmacro NAME_SHORTCUT "$DESKTOP\${NAME}.lnk"
SectionEnd

; The settings of the program switch the same value.
Section /o "$(S_LOGIN)" SEC_LOGIN
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  StrLen $1 '"$INSTDIR\${PROGRAM}"'
  StrCpy $0 $0 $1
  ${If} $0 != '"$INSTDIR\${PROGRAM}"' ; what the program wrote, perhaps with options, stays
    WriteRegStr HKCU "${RUN_KEY}" "${NAME}" '"$INSTDIR\${PROGRAM}"'
  ${EndIf}
SectionEnd

Section
  ${IfNot} ${SectionIsSelected} ${SEC_LOGIN}
    DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  ${EndIf}
SectionEnd

Function .onInit
  SetShellVarContext current
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(M_UNFIT)" /SD IDOK
    SetErrorLevel ${UNFIT}
    Quit
  ${EndIf}
  !insertmacro MUI_LANGDLL_DISPLAY

  ; What the user chose before stays chosen.
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $0 != ""
    !insertmacro SelectSection ${SEC_LOGIN}
  ${EndIf}
  ${If} ${FileExists} "$DESKTOP\${NAME}.lnk"
    !insertmacro SelectSection ${SEC_DESKTOP}
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/DESKTOP" $R1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${SEC_DESKTOP}
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/AUTOSTART" $R1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${SEC_LOGIN}
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/NOAUTOSTART" $R1
  ${IfNot} ${Errors}
    !insertmacro UnselectSection ${SEC_LOGIN}
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.onInit
  SetShellVarContext current
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when it is empty: other files in it are somebody's
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  DeleteRegValue HKCU "${APPROVED_KEY}" "${NAME}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  DeleteRegKey HKCU "Software\Classes\AppUserModelId\${APP_ID}"

  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PURGE" $R1
  ${If} ${Errors}
    ${IfNot} ${FileExists} "${DATA}\*.*"
      Return
    ${EndIf}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(M_PURGE)" /SD IDNO IDYES +2
    Return
  ${EndIf}
  RMDir /r "${DATA}"
SectionEnd
