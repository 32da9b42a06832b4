Attribute VB_Name = "JixiaoRibbon"
Option Explicit

' The tab's one callback. It hands the button's id to the bridge and returns at once; Python does the work and speaks
' to the user. Every Chinese word of this add-in stands in the ribbon and on its first sheet, for VBA source is ASCII.

Private Const EXCLAMATION_ON_TOP As Long = 4144 ' vbExclamation + vbSystemModal: not behind Excel's own window

Private watch As New JixiaoQuiet

Public Sub OnButton(control As Object)
    On Error GoTo Failed
    If BridgeWasKilled() Then watch.PutBack
    watch.Note
    BridgeSend control.ID
    Exit Sub
Failed:
    ShowError Err.Number, Err.Description
End Sub

' Our own errors carry the key of a sentence; any other is shown with its number.
Private Sub ShowError(ByVal number As Long, ByVal what As String)
    Dim text As String
    text = Sentence(what)
    If Len(text) = 0 Then text = Sentence("unforeseen") & vbLf & vbLf & number & " " & what
    On Error Resume Next
    CreateObject("WScript.Shell").Popup text, 0, Sentence("title"), EXCLAMATION_ON_TOP
    If Err.Number <> 0 Then MsgBox "jixiao: " & number & " " & what, vbExclamation
End Sub

' What column B of the add-in's first sheet says beside a key in column A; "" for an unknown key.
Public Function Sentence(ByVal key As String) As String
    Dim row As Long
    row = 1
    With ThisWorkbook.Worksheets(1)
        Do While Len(.Cells(row, 1).Value) > 0
            If .Cells(row, 1).Value = key Then
                Sentence = .Cells(row, 2).Value
                Exit Function
            End If
            row = row + 1
        Loop
    End With
End Function
