#!/bin/bash
目录="/数据/原稿,新"
export LANG=zh_CN.UTF-8
if [ -d "$目录" ]; then
  cp -r "$目录" "/备份/$(date +%F)"
  echo "已备份:$目录"
fi
git commit -m "修正错字,第二版"
