Attribute VB_Name = "JixiaoBridge"
Option Explicit

' From a button to Python: a fixed interpreter, a fixed list of words, no shell, nothing read from any workbook or its
' folder, and no waiting. A running Python is handed a small file; without one, Python is started with the same words.

Private Const ACTIONS As String = " new_table add_dropdowns apply_fixes pick_indicator undo check_sheet" & _
    " check_book next_finding previous_finding keep_with_reason clear_marks merge_folder open_source clean_copy" & _
    " export_pdf show_rules about "
Private Const OUR_ERROR As Long = -2147220991 ' vbObjectError + 513; its description is the key of a sentence
Private Const NO_ACCESS As Long = 70
Private Const NO_PATH_ACCESS As Long = 75
Private Const LONGEST_COMMAND As Long = 32000 ' Windows takes 32,767
Private Const HIDDEN_WINDOW As Long = 0

Public Sub BridgeSend(ByVal action As String)
    Dim folder As String, book As String, hwnd As String
    folder = UserFolder()
    hwnd = CStr(Application.Hwnd)
    If Not ActiveWorkbook Is Nothing Then book = ActiveWorkbook.FullName
    If BridgeAlive(folder) Then
        If BridgePost(folder, BridgeWords(action, hwnd, book)) Then Exit Sub
    End If
    StartPython BridgeCommand(ReadText(folder & Slash() & "interpreter.txt"), action, hwnd, book)
End Sub

' Whether Python was ended by force: it has not taken its token away, yet nobody holds its lock.
Public Function BridgeWasKilled() As Boolean
    Dim folder As String
    folder = UserFolder()
    If Len(Dir(folder & Slash() & "token.txt")) > 0 Then BridgeWasKilled = Not BridgeAlive(folder)
End Function

' Whether the resident Python runs: it keeps this file open, so that nobody else has it alone.
Public Function BridgeAlive(ByVal folder As String) As Boolean
    Dim path As String, number As Integer
    path = folder & Slash() & "resident.lock"
    If Len(Dir(path)) = 0 Then Exit Function
    number = FreeFile
    On Error Resume Next
    Open path For Binary Access Read Write Lock Read Write As #number
    BridgeAlive = (Err.Number = NO_ACCESS Or Err.Number = NO_PATH_ACCESS)
    Close #number
End Function

' Lays a request down for the resident, under its final name only when it is whole. False where the resident has only
' just come or just gone and will not look: a fresh start hands the click over as well.
Public Function BridgePost(ByVal folder As String, ByVal words As String) As Boolean
    Dim token As String, path As String, number As Integer
    On Error GoTo Done
    number = FreeFile
    Open folder & Slash() & "token.txt" For Input As #number
    Line Input #number, token
    Close #number
    Randomize
    path = folder & Slash() & "requests" & Slash() & token & "-" & CLng(Date) & Format(CLng(Timer * 100), "0000000") & _
        Format(Int(Rnd * 100000), "00000")
    number = FreeFile
    Open path & ".tmp" For Output As #number
    Print #number, words
    Close #number
    Name path & ".tmp" As path & ".req"
    BridgePost = True
    If Len(Dir(folder & Slash() & "token.txt")) > 0 Then Exit Function
    Kill path & ".req" ' taken back; where that fails, the resident was faster and serves it
    BridgePost = False
Done:
    Close #number
End Function

' The whole command line of a fresh start. -I: no folder and no variable of the user's is searched for modules.
Public Function BridgeCommand(ByVal python As String, ByVal action As String, ByVal hwnd As String, _
                              ByVal book As String) As String
    Dim quote As String, command As String
    quote = Chr(34)
    If Not (Mid(python, 2, 2) = ":\" Or Left(python, 2) = "\\") Then Err.Raise OUR_ERROR, , "bad_interpreter"
    If InStr(python, quote) > 0 Or InStr(python, "%") > 0 Then Err.Raise OUR_ERROR, , "bad_interpreter"
    command = quote & python & quote & " -I -m jixiao.bridge " & BridgeWords(action, hwnd, book)
    If Len(command) > LONGEST_COMMAND Then Err.Raise OUR_ERROR, , "long_name"
    BridgeCommand = command
End Function

' ACTION HWND BOOK: three words of ASCII letters and digits, so that nothing in a name has to be quoted.
Public Function BridgeWords(ByVal action As String, ByVal hwnd As String, ByVal book As String) As String
    If InStr(action, " ") > 0 Or InStr(ACTIONS, " " & action & " ") = 0 Then Err.Raise OUR_ERROR, , "unknown_button"
    BridgeWords = action & " " & hwnd & " " & Hexed(book)
End Function

Private Function Hexed(ByVal text As String) As String
    Dim at As Long, code As Long
    If Len(text) = 0 Then Hexed = "-"
    For at = 1 To Len(text)
        code = AscW(Mid(text, at, 1))
        If code < 0 Then code = code + 65536 ' AscW has 16 bits and a sign
        Hexed = Hexed & Right("000" & Hex(code), 4)
    Next at
End Function

Private Sub StartPython(ByVal command As String)
    On Error GoTo Failed
    CreateObject("WScript.Shell").Run command, HIDDEN_WINDOW, False
    Exit Sub
Failed:
    Err.Raise OUR_ERROR, , "cannot_start"
End Sub

' Our folder in the user's own profile, by its short name: Open and Dir know ANSI alone, a user's name may be Chinese.
Private Function UserFolder() As String
    Dim path As String, files As Object
    path = CreateObject("WScript.Shell").ExpandEnvironmentStrings("%LOCALAPPDATA%") & "\jixiao"
    Set files = CreateObject("Scripting.FileSystemObject")
    If Not files.FileExists(path & "\interpreter.txt") Then Err.Raise OUR_ERROR, , "not_installed"
    UserFolder = files.GetFolder(path).ShortPath
End Function

' The first line of a UTF-16 file with a byte order mark.
Public Function ReadText(ByVal path As String) As String
    Dim bytes() As Byte, number As Integer, at As Long
    number = FreeFile
    Open path For Binary Access Read As #number
    ReDim bytes(0 To LOF(number))
    Get #number, , bytes
    Close #number
    For at = 2 To UBound(bytes) - 1 Step 2
        If bytes(at) < 32 And bytes(at + 1) = 0 Then Exit For
        ReadText = ReadText & ChrW(bytes(at) + 256& * bytes(at + 1))
    Next at
End Function

Private Function Slash() As String
    Slash = Application.PathSeparator
End Function
