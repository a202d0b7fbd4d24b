' Saves documents in other formats. What is to be done stands in `jobs`, a line each: source, target, filter, options.
Option Explicit

Sub Convert(jobs As String)
    Dim document As Object, job As String, fields As Variant, opened As String
    On Error GoTo Failed
    Open jobs For Input As #1
    Do While Not EOF(1)
        Line Input #1, job
        fields = Split(job, Chr(9))
        If fields(0) <> opened Then
            If opened <> "" Then document.close(True)
            document = StarDesktop.loadComponentFromURL(fields(0), "_blank", 0, Array(Setting("Hidden", True)))
            opened = fields(0)
            If document.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then document.calculateAll()
        End If
        document.storeToURL(fields(1), Array(Setting("FilterName", fields(2)), Setting("FilterOptions", fields(3))))
    Loop
    Close #1
    document.close(True)
Failed: ' the targets that are not there say so; a message would wait for ever
    StarDesktop.terminate()
End Sub

Function Setting(name As String, value As Variant) As Object
    Dim made As New com.sun.star.beans.PropertyValue
    made.Name = name
    made.Value = value
    Setting = made
End Function
