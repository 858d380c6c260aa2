-- 每个部门,最高的工资
CREATE TABLE 工资 (编号 INT, 姓名 TEXT, 数额 REAL);
INSERT INTO 工资 VALUES (1, '张三', 100), (2, '李四', 200);
SELECT 部门, MAX(数额) AS 最高
FROM 工资 JOIN 部门 ON 工资.部门 = 部门.编号
WHERE 姓名 LIKE '%三%' AND 数额 > 50
GROUP BY 部门
ORDER BY 最高 DESC, 部门;
