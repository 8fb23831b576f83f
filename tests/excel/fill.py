"""Fills in the empty form with openpyxl 3.1, as a clerk would: python fill.py 填报表.xlsx filled.xlsx"""
import openpyxl, sys
src, dst = sys.argv[1:3]
wb = openpyxl.load_workbook(src)
def put(name, rows, start=4, col=1):
    ws = wb[name]
    for r, row in enumerate(rows):
        for c, v in enumerate(row):
            if v is not None: ws.cell(start + r, col + c, v)
ws = wb['基本情况']
answers = {'方案名称':'清河县三镇测算','县（市、区）':'清河县','基年':2024,'测算到哪一年':2030,'金额单位':'万元','收入口径':'总收入口径','省市规则':'四川'}
for r in range(3, 12):
    if ws.cell(r,1).value in answers: ws.cell(r,2,answers[ws.cell(r,1).value])
ws['C5'] = '2024年财政决算'; ws['D5'] = 'A'
# towns: 镇 类别 人口 编制 村社区数 vat bt cit pit prop landuse landvat deed stamp vehicle farmland nontax land_net 来源 等级
put('镇', [['城关镇','重点镇',42000,80,12,3200,None,800,300,200,150,260,400,60,40,120,240,1500,'清河县2024年决算','A'],
          ['河东镇','一般镇',18000,45,9,'1,000',None,'２００',80,60,40,30,90,20,12,60,80,400,'清河县2024年决算','A'],
          ['合计',None,60000,125,21,4200,None,1000,380,260,190,290,490,80,52,180,320,1900]])
ws = wb['增长']
for r in range(4, 20):
    if ws.cell(r,1).value == '国内增值税': ws.cell(r,2,0.06); ws.cell(r,3,'县统计局五年平均'); ws.cell(r,4,'B')
    if ws.cell(r,1).value == '土地净收益': ws.cell(r,2,-0.03)
put('体制', [['现行体制',2024,None,'税收和非税','比例分成',0.5,None,None,None,'清财〔2024〕1号','A'],['现行体制',2024,None,'土地净收益','比例分成','30%']])
put('支出', [['在编人员','保工资','每个编制',9,0.04,'镇','清河县2024年决算','A'],['机关运转','保运转','每镇',260,None,'镇']])
put('项目库', [['P1','场镇道路改造','城关镇','道路',2400,None,600,None,None,None,None,2025,2,None,0.01,2,'基金、一般预算','清发改〔2024〕8号','B'],['P2','中心小学扩建','河东镇','教育',900,None,300,None,None,None,None,2026,2,'40%/60%',None,1,'基金、一般预算']])
put('决算数', [['城关镇',2024,'国内增值税','总额',3250,'决算表','A']])
wb.save(dst)
