' Looks at documents that were mended, as Writer has them. folder: an address; the documents and all that is written.
Option Explicit

Sub Look(folder As String)
    Dim document As Object
    On Error GoTo Failed
    Export(folder, "plain")
    Export(folder, "fixed")
    Settle(folder, "accepted", ".uno:AcceptAllTrackedChanges")
    Settle(folder, "rejected", ".uno:RejectAllTrackedChanges")
    document = Opened(folder, "annotated")
    Notes(document, folder)
    Save(document, folder & "/annotated.pdf")
    document.close(True)
Failed: ' the targets that are not there say so; a message would wait for ever
    StarDesktop.terminate()
End Sub

Sub Export(folder As String, name As String)
    Dim document As Object
    document = Opened(folder, name)
    Save(document, folder & "/" & name & ".pdf")
    document.close(True)
End Sub

Sub Settle(folder As String, name As String, command As String)
    Dim document As Object, helper As Object
    document = Opened(folder, "tracked")
    helper = createUnoService("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
    Save(document, folder & "/" & name & ".pdf")
    document.close(True)
End Sub

Sub Notes(document As Object, folder As String)
    Dim fields As Object, one As Object
    Open ConvertFromURL(folder & "/notes") For Output As #1
    fields = document.getTextFields().createEnumeration()
    Do While fields.hasMoreElements()
        one = fields.nextElement()
        If one.supportsService("com.sun.star.text.textfield.Annotation") Then
            Print #1, one.Author & Chr(9) & one.getAnchor().getString() & Chr(9) & Join(Split(one.Content, Chr(10)), Chr(9))
        End If
    Loop
    Close #1
End Sub

Function Opened(folder As String, name As String) As Object
    Opened = StarDesktop.loadComponentFromURL(folder & "/" & name & ".docx", "_blank", 0, Array())
End Function

Sub Save(document As Object, address As String)
    Dim data(0) As New com.sun.star.beans.PropertyValue, kind(1) As New com.sun.star.beans.PropertyValue
    data(0).Name = "ExportNotes" ' their signs would be drawn over the text
    data(0).Value = False
    kind(0).Name = "FilterName"
    kind(0).Value = "writer_pdf_Export"
    kind(1).Name = "FilterData"
    kind(1).Value = data()
    document.storeToURL(address, kind())
End Sub
