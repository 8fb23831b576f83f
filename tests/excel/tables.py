"""Workbooks as bureaus keep them, written by openpyxl 3.1 so that their producer is another program: python tables.py"""
import openpyxl
from openpyxl.styles import Font
from datetime import date
def grid(ws, rows, r0=1):
    for r, row in enumerate(rows):
        for c, v in enumerate(row):
            if v is not None: ws.cell(r0+r, 1+c, v)
# ordinary workbook: titles, unit line, merged two-level headings, merged county, totals, notes, second sheet of projects
wb = openpyxl.Workbook(); ws = wb.active; ws.title = '分镇收入'
grid(ws, [['清河县2024年各镇财政收入情况表（总收入口径）'],[None]*7+['单位：万元'],['序号','区县','乡镇','常住人口','税收（万元）',None,None,'非税收入'],[None,None,None,None,'增值税','企业所得税','契税',None],
 [1,'清河县','城关镇',42000,'3,200.50',800,400,240],[2,None,'河东镇',18000,1000,'２００',90,80],[None]*8,[None,'小计',None,60000,4200.5,1000,490,320],[None,'合计',None,60000,4200.5,1000,491,320],['注：快报数']])
ws.merge_cells('A1:H1'); ws.merge_cells('E3:G3'); ws.merge_cells('B5:B6')
for c in 'ABCDH': ws.merge_cells(f'{c}3:{c}4')
p = wb.create_sheet('项目计划'); grid(p, [['项目计划表'],['编号','项目名称','乡镇','类别','总投资（万元）','上级专项（万元）','开工年','工期（年）','可用资金'],['P1','道路','城关镇','道路',2400,600,2025,2,'一般预算'],['合计',None,None,None,2400,600]])
h = wb.create_sheet('旧'); h.sheet_state='hidden'
wb.save('ordinary.xlsx')
# offices: 2016 Jan-Sep gross + 2015 months
wb = openpyxl.Workbook(); ws = wb.active; ws.title='入库'
taxes=['增值税','改征增值税','企业所得税','其中：内资企业所得税','消费税','契税']
hdr=['镇','年份','月份']+taxes+['合计']
rows=[['分镇分税种入库表（总收入口径）'],[None]*9+['单位：万元'],hdr]
for y,last in ((2015,12),(2016,9)):
    for m in range(1,last+1):
        for t,k in (('濛阳镇',1),('县本级',1)):
            v=[100*k,50*k,30*k,20*k,9,10*k]; rows.append([t,y,f'{m}月']+v+[sum(v)])
grid(ws,rows); wb.save('offices.xlsx')
# cumulative form, local scope
wb = openpyxl.Workbook(); ws = wb.active; ws.title='1-9月'
grid(ws,[['2016年1—9月分镇一般公共预算收入完成情况'],['单位：元'],['乡镇','国内增值税',None,'契税',None],[None,'本月','累计','本月','累计'],['濛阳镇',1e6,'9,000,000.00',2e5,1800000],['合计',1e6,9000000,2e5,1800000]])
ws.merge_cells('B3:C3'); ws.merge_cells('D3:E3'); ws.merge_cells('A3:A4')
wb.save('local.xlsx')
