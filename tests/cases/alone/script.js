// 打开页面时,先问一声
const 姓名 = prompt("你是谁?", '访客');
let 次数 = 0, 上限 = 3;
function 问候(名, 词) {
  alert(`${词},${名}!`);
  return 名 ? "好,很好" : '无';
}
document.title = "首页:" + 姓名;
问候(姓名, "早安");
