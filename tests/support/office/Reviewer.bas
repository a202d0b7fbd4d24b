' A reviewer at LibreOffice: opens a workbook, inserts a column, sorts, filters, deletes and hides rows, fills in
' opinions, and saves it as .xlsx, .xls, .ods and .csv. What was filled in stands in `log`, a line each: number, opinion.
Option Explicit

Sub Review(source As String, folder As String)
    Dim document As Object, sheet As Object, number As Integer
    document = StarDesktop.loadComponentFromURL(source, "_blank", 0, Array(Setting("Hidden", True)))
    number = FreeFile
    Open folder & "/log" For Output As #number
    sheet = document.Sheets.getByName("问题明细")
    sheet.Columns.insertByIndex(1, 1)
    sheet.getCellByPosition(1, 0).String = "我的备忘"
    Sort(sheet, Column(sheet, "代码"))
    sheet.Rows.removeByIndex(2, 1)
    sheet.Rows.getByIndex(4).IsVisible = False
    Filter(sheet, Column(sheet, "级别"), "错误")
    Fill(sheet, number, "代码", "T101", False)
    sheet = document.Sheets.getByName("整改清单")
    Fill(sheet, number, "问题数", "3", True)
    Close #number
    Save(document, folder & "/审过.xlsx", "Calc MS Excel 2007 XML", "")
    Save(document, folder & "/审过.xls", "MS Excel 97", "")
    Save(document, folder & "/审过.ods", "calc8", "")
    ' UTF-8, as shown, all sheets in files of their own.
    Save(document, folder & "/审过.csv", "Text - txt - csv (StarCalc)", "44,34,76,1,,0,false,true,false,false,false,-1")
    document.close(True)
    StarDesktop.terminate()
End Sub

' Opinions in four rows of five; only in those where a column says a word, or only where it does not.
Sub Fill(sheet As Object, number As Integer, head As String, word As String, wanted As Boolean)
    Dim row As Integer, opinion As String
    For row = 1 To LastRow(sheet)
        If row Mod 5 <> 4 And (Cell(sheet, row, head).String = word) = wanted Then
            opinion = Array("误报", "属实", "已改", "缓办")(row Mod 5)
            Cell(sheet, row, "审核意见").String = opinion
            Cell(sheet, row, "理由").String = "核过" & Chr(10) & "第二行"
            Cell(sheet, row, "审核人").String = "罗　小满"
            Select Case row Mod 3
                Case 0: Cell(sheet, row, "审核日期").Formula = "2026-11-22"
                Case 1: Cell(sheet, row, "审核日期").String = "2026年11月22日"
                Case 2: Cell(sheet, row, "审核日期").String = "11-22"
            End Select
            Cell(sheet, row, "整改期限").Value = 46357
            Print #number, Cell(sheet, row, "问题编号").String & "," & opinion
        End If
    Next row
End Sub

Function LastRow(sheet As Object) As Integer
    Dim row As Integer
    row = 0
    Do While Cell(sheet, row + 1, "序号").String <> "" And IsNumeric(Cell(sheet, row + 1, "序号").String)
        row = row + 1
    Loop
    LastRow = row
End Function

Function Column(sheet As Object, head As String) As Integer
    Dim at As Integer
    at = 0
    Do While sheet.getCellByPosition(at, 0).String <> head
        at = at + 1
    Loop
    Column = at
End Function

Function Cell(sheet As Object, row As Integer, head As String) As Object
    Cell = sheet.getCellByPosition(Column(sheet, head), row)
End Function

Function Table(sheet As Object) As Object
    Dim cursor As Object
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    Table = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, LastRow(sheet))
End Function

Sub Sort(sheet As Object, at As Integer)
    Dim field As New com.sun.star.table.TableSortField
    field.Field = at
    field.IsAscending = False
    Table(sheet).sort(Array(Setting("SortFields", Array(field)), Setting("ContainsHeader", True)))
End Sub

Sub Filter(sheet As Object, at As Integer, word As String)
    Dim field As New com.sun.star.sheet.TableFilterField, descriptor As Object, range As Object
    range = Table(sheet)
    descriptor = range.createFilterDescriptor(True)
    field.Field = at
    field.IsNumeric = False
    field.StringValue = word
    field.Operator = com.sun.star.sheet.FilterOperator.EQUAL
    descriptor.setFilterFields(Array(field))
    descriptor.ContainsHeader = True
    range.filter(descriptor)
End Sub

Sub Save(document As Object, path As String, kind As String, options As String)
    document.storeToURL(ConvertToURL(path), Array(Setting("FilterName", kind), Setting("FilterOptions", options)))
End Sub

Function Setting(name As String, value As Variant) As com.sun.star.beans.PropertyValue
    Dim made As New com.sun.star.beans.PropertyValue
    made.Name = name
    made.Value = value
    Setting = made
End Function
