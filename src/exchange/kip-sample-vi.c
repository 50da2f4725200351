/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-words.h"

#define ACCOUNTING "Kế toán"
#define SALES "Kinh doanh"
#define MARKETING "Marketing"
#define PEOPLE "Nhân sự"
#define WAREHOUSE "Kho vận"
#define PRODUCTION "Sản xuất"
#define PURCHASING "Mua hàng"
#define DESIGN "Thiết kế"
#define ADMIN "Hành chính"
#define BOARD "Ban giám đốc"
#define IT "Công nghệ thông tin"

static const KipSamplePerson people[] = {
  { "Trần Quốc Bảo", "anh Bảo", "bao.tq", IT, "210", FALSE, 0 },
  { "Lê Thị Ngọc Hân", "chị Hân", "han.ltn", IT, "211", FALSE, 0 },
  { "Phạm Minh Khôi", "anh Khôi", "khoi.pm", IT, "212", FALSE, 0 },
  { "Đỗ Thùy Dương", "chị Dương", "duong.dt", IT, "213", FALSE, 0 },
  { "Nguyễn Hữu Thắng", "anh Thắng", "thang.nh", BOARD, "100", TRUE, 3 },
  { "Võ Thị Kim Oanh", "chị Oanh", "oanh.vtk", BOARD, "101", TRUE, 2 },
  { "Hoàng Thị Lan Anh", "chị Lan Anh", "anh.htl", ACCOUNTING, "0912 004 120", TRUE, 3 },
  { "Bùi Thị Thu Hà", "chị Hà", "ha.btt", ACCOUNTING, "121", FALSE, 4 },
  { "Đặng Văn Minh", "anh Minh", "minh.dv", ACCOUNTING, "122", FALSE, 3 },
  { "Ngô Thị Hồng Nhung", "chị Nhung", "nhung.nth", ACCOUNTING, "123", FALSE, 3 },
  { "Phan Thanh Tùng", "anh Tùng", "tung.pt", SALES, "0988 005 130", FALSE, 5 },
  { "Trương Mỹ Linh", "chị Linh", "linh.tm", SALES, "131", FALSE, 4 },
  { "Lý Quốc Huy", "anh Huy", "huy.lq", SALES, "132", FALSE, 3 },
  { "Nguyễn Thị Phương Thảo", "chị Thảo", "thao.ntp", SALES, "133", FALSE, 3 },
  { "Huỳnh Đức Trí", "anh Trí", "tri.hd", SALES, "0903 006 134", FALSE, 3 },
  { "Cao Thị Bích Ngọc", "chị Ngọc", "ngoc.ctb", SALES, "135", FALSE, 2 },
  { "Mai Anh Tuấn", "anh Tuấn", "tuan.ma", MARKETING, "140", FALSE, 3 },
  { "Vũ Khánh Vy", "chị Vy", "vy.vk", MARKETING, "141", FALSE, 2 },
  { "Tạ Gia Hưng", "anh Hưng", "hung.tg", MARKETING, "142", FALSE, 2 },
  { "Đinh Thị Thanh Tâm", "chị Tâm", "tam.dtt", PEOPLE, "150", FALSE, 3 },
  { "Lương Văn Phúc", "anh Phúc", "phuc.lv", PEOPLE, "151", FALSE, 2 },
  { "Nguyễn Thị Yến", "chị Yến", "yen.nt", ADMIN, "9", FALSE, 4 },
  { "Trịnh Công Hậu", "anh Hậu", "hau.tc", WAREHOUSE, "160", FALSE, 4 },
  { "Đoàn Thị Kim Chi", "chị Chi", "chi.dtk", WAREHOUSE, "161", FALSE, 3 },
  { "Hồ Văn Lực", "anh Lực", "luc.hv", WAREHOUSE, "162", FALSE, 3 },
  { "Châu Ngọc Sơn", "anh Sơn", "son.cn", WAREHOUSE, "163", FALSE, 2 },
  { "Phùng Thị Hiền", "chị Hiền", "hien.pt", PRODUCTION, "170", FALSE, 3 },
  { "Lâm Chí Công", "anh Công", "cong.lc", PRODUCTION, "171", FALSE, 2 },
  { "Nguyễn Đình Quang", "anh Quang", "quang.nd", PRODUCTION, "172", FALSE, 3 },
  { "Tô Thị Diễm My", "chị My", "my.ttd", PRODUCTION, "173", FALSE, 2 },
  { "Kiều Thị Mai", "chị Mai", "mai.kt", PURCHASING, "180", FALSE, 3 },
  { "Thái Bá Long", "anh Long", "long.tb", PURCHASING, "181", FALSE, 2 },
  { "Quách Tuệ Nhi", "chị Nhi", "nhi.qt", PURCHASING, "182", FALSE, 2 },
  { "Đào Xuân Trường", "anh Trường", "truong.dx", DESIGN, "190", FALSE, 3 },
  { "Hà Thị Trúc Quỳnh", "chị Quỳnh", "quynh.htt", DESIGN, "191", FALSE, 4 },
  { "Văn Tiến Đạt", "anh Đạt", "dat.vt", DESIGN, "192", FALSE, 3 },
  { "Dương Hoài An", "chị An", "an.dh", DESIGN, "193", FALSE, 2 },
  { "Phạm Hồng Sơn", "anh Sơn", "son.ph", BOARD, "102", TRUE, 1 },
  { "Nguyễn Thị Hoa", "cô Hoa", "hoa.nt", ACCOUNTING, "124", FALSE, 2 },
  { "La Vĩnh Khang", "anh Khang", "khang.lv", SALES, "0977 007 136", FALSE, 3 },
};

static const char *const computers[] = {
  "LAP-014", "LAP-017", "LAP-021", "LAP-022", "LAP-026", "LAP-031", "LAP-033", "PC-105", "PC-108", "PC-112",
  "PC-117", "PC-121", "PC-124", "PC-130", NULL
};
static const char *const printers[] = {
  "Máy in tầng 1", "Máy in phòng kinh doanh", "Máy in phòng kế toán", "Máy in tem kho", "Máy in khổ lớn thiết kế", NULL
};
static const char *const network[] = {
  "Switch tầng 2", "Wi-Fi sảnh", "Wi-Fi nhà ăn", "Cổng VPN", "Tường lửa", NULL
};
static const char *const room_gear[] = {
  "Màn hình phòng họp Sen", "Máy chiếu phòng họp Trúc", "Loa họp phòng Sen", "Camera phòng họp Mai", NULL
};
static const char *const rooms[] = {
  "phòng họp Sen", "phòng họp Trúc", "tầng 1", "tầng 2", "văn phòng kho", "phòng trưng bày", NULL
};
static const char *const teams[] = { "Mạng và máy chủ", "Phần mềm nghiệp vụ", NULL };

static const KipSampleIssue issues[] = {
  { "Phần cứng > Máy in, máy quét", KIP_SAMPLE_PRINTER, 2, 2, 6, 25,
    "{asset} không in được|Máy in ở {room} đứng im|Bấm in mà không ra gì",
    "Em gửi in bốn lần rồi mà {asset} vẫn báo \"đang in\" rồi đứng im. Sau lưng em đang có cả hàng người chờ.|Máy in báo sẵn sàng nhưng lệnh in cứ nằm mãi trong hàng đợi. Em tắt bật lại hai lần rồi vẫn thế.",
    "Bên em thấy các lệnh in đang kẹt rồi. Em xóa hàng đợi ngay, mọi người đừng gửi in thêm trong năm phút nhé.",
    NULL, NULL, NULL, NULL,
    "Một bản vẽ 900 MB nằm đầu hàng đợi. Lần thứ hai trong tháng.",
    "Lỗi phần mềm", "Đã xóa hàng đợi và khởi động lại dịch vụ in. Bản vẽ lớn chuyển sang máy in khổ lớn.", "in ấn" },
  { "Phần cứng > Máy in, máy quét", KIP_SAMPLE_PRINTER, 3, 3, 4, 15,
    "Bản in bị sọc đen|{asset} in mờ",
    "Hóa đơn in ra tờ nào cũng có một vệt xám bên trái, khách bắt đầu hỏi rồi.|Chữ in ra mờ dần về phía bên phải, lắc hộp mực cũng không đỡ.",
    "Chắc là trống mực rồi ạ. Em mang cái dự phòng qua thay.",
    NULL, NULL, "Đã đặt cụm trống mực mới bên cung cấp văn phòng phẩm, hẹn giao trong hai ngày.", NULL,
    NULL, "Hỏng hoặc hao mòn", "Đã thay cụm trống và chạy trang vệ sinh. Bản in sạch trở lại.", NULL },
  { "Phần cứng > Máy in, máy quét", KIP_SAMPLE_PRINTER, 2, 1, 3, 20,
    "Máy in tem in lệch nửa nhãn|Tem ra bị cắt đôi ở {asset}",
    "Tem in ra bị lệch mất một nửa. Bốn giờ chiều xe chạy rồi mà chưa dán được pallet nào.",
    "Em xuống ngay. Anh chị cứ để nguyên cuộn tem trong máy để em xem.",
    NULL, NULL, NULL, NULL, NULL,
    "Cấu hình sai", "Khổ tem bị chỉnh thành 100 × 50 thay vì 100 × 150 sau lần thay cuộn. Đã chỉnh lại và khóa menu.", "kho", WAREHOUSE },
  { "Phần cứng > Máy tính", KIP_SAMPLE_COMPUTER, 3, 2, 7, 45,
    "{asset} chạy rất chậm|Máy em mở mãi không lên|Cứ vài phút máy lại đơ",
    "Từ tuần trước sáng nào em cũng mất mười phút mới mở được máy. Mở file bảng tính to là đơ luôn.|Máy cứ quay vòng tròn, có lúc con chuột cũng không nhúc nhích. Em sợ mất file đang làm.",
    "Cảm ơn {person} đã báo. Em xem từ xa, {person} cứ làm việc tiếp bình thường nhé.",
    "Nếu chỉ mở mỗi thư điện tử thì có bị chậm không ạ? Và máy có kêu to không?",
    "Chỉ mở thư cũng chậm. Không kêu lạ, nhưng quạt chạy suốt.", NULL, NULL,
    "Ổ đĩa đầy 97%, trong đó 40 GB là bản sao điện thoại cũ.",
    "Cấu hình sai", "Đã chuyển dữ liệu cũ vào kho lưu trữ và nâng RAM từ 8 lên 16 GB. Giờ mở máy mất 40 giây.", NULL },
  { "Phần cứng > Máy tính", KIP_SAMPLE_COMPUTER, 3, 1, 4, 60,
    "{asset} không lên nguồn|Sáng nay màn hình đen thui|Sau cuối tuần laptop không khởi động",
    "Bấm nút thì đèn sáng rồi thôi, không lên gì nữa. Một tiếng nữa em phải họp với khách.|Đang làm thì tắt phụt, cắm sạc vào cũng không lên lại.",
    "{person} mang máy qua phòng kỹ thuật giúp em, em có sẵn laptop cho mượn tạm ạ.",
    NULL, NULL, "Gửi hãng bảo hành bo mạch chủ, đã mở phiếu. Dự kiến năm ngày làm việc.", NULL,
    "Đã cho mượn LAP-002 kèm hồ sơ của người dùng.",
    "Hỏng hoặc hao mòn", "Hãng đã thay bo mạch chủ trong bảo hành. Dữ liệu còn nguyên; đã trả máy và thu lại máy cho mượn.", "bảo hành" },
  { "Phần cứng > Màn hình, bàn phím, chuột", KIP_SAMPLE_COMPUTER, 3, 3, 4, 30,
    "Không nhận màn hình thứ hai|Màn hình ở bàn em bị nhấp nháy",
    "Từ hôm chuyển chỗ, màn hình thứ hai tối đen, máy chỉ nhận có một cái.|Màn hình lúc sáng lúc tắt, nhìn nhức cả mắt.",
    "Em đoán là do đế kết nối. {person} rút nguồn của đế chừng mười giây rồi cắm lại giúp em nhé.",
    "Cắm lại có được không ạ?", "Vẫn đen em ơi. Màn hình kia dùng chung dây đó thì lên.", NULL, NULL, NULL,
    "Hỏng hoặc hao mòn", "Đã thay dây DisplayPort, dây cũ bị cong chân.", NULL },
  { "Nhân sự và chỗ ngồi > Nhân viên mới", KIP_SAMPLE_COMPUTER, 3, 3, 3, 90,
    "Chuẩn bị máy cho nhân viên mới|Cấp laptop cho bạn mới vào",
    "Đầu tháng sau phòng em có bạn mới. Nhờ anh chị chuẩn bị laptop, tai nghe và các quyền truy cập thông thường.",
    "Dạ được ạ. Em đã ghi vào danh sách và gửi mẫu đăng ký quyền truy cập.",
    "Ngoài phần mềm thông thường bạn ấy cần thêm gì, và ai ký duyệt quyền ạ?",
    "Thêm phần mềm vẽ. Chị ký duyệt nhé.", "Đã đặt laptop ở nhà cung cấp, giao trong sáu ngày làm việc.",
    "Bàn giao vào sáng ngày đi làm đầu tiên.", NULL,
    "Yêu cầu mới", "Đã cài đặt và bàn giao laptop, hướng dẫn nhanh và cùng kiểm tra các quyền.", "nhân viên mới", PEOPLE "|" SALES "|" DESIGN },
  { "Phần cứng > Phòng họp", KIP_SAMPLE_ROOM_GEAR, 2, 2, 3, 30,
    "Phòng họp không có tiếng|{asset}: bên kia không nghe thấy mình",
    "Bên mình nghe khách rõ nhưng khách không nghe được gì. Cuối cùng phải để điện thoại lên bàn mà họp.",
    "Em sẽ kiểm tra trước cuộc họp tới. Khi nào anh chị dùng phòng ạ?",
    "Lần tới mình họp lúc mấy giờ ạ?", "Chín giờ sáng mai.", NULL, NULL, NULL,
    "Cấu hình sai", "Micro của bộ họp bị tắt tiếng. Đã dán hướng dẫn nhanh lên bàn và thêm vào danh sách kiểm tra buổi sáng.", "phòng họp" },
  { "Nhân sự và chỗ ngồi > Chuyển chỗ ngồi", KIP_SAMPLE_NOTHING, 3, 3, 2, 15,
    "Gọi số của em lại đổ chuông bàn khác|Đổi số máy lẻ sau khi chuyển chỗ",
    "Từ hôm chuyển chỗ, ai gọi em cũng đổ chuông bên bàn anh Đạt. Anh ấy sắp mất kiên nhẫn rồi.",
    "Việc này nhanh thôi ạ, em đổi hai số máy lẻ ngay.",
    NULL, NULL, NULL, NULL, NULL, "Yêu cầu mới", "Đã đổi hai số máy lẻ trên tổng đài và gọi thử cả hai.", NULL },
  { "Mạng > Wi-Fi", KIP_SAMPLE_NETWORK, 2, 2, 6, 40,
    "Wi-Fi ở {room} chập chờn|Wi-Fi cứ rớt liên tục|Mất Wi-Fi ở {room}",
    "Cứ vài phút lại rớt mạng, toàn đúng lúc đang gọi với khách. Ngồi ở bàn thì không sao.|Máy báo có sóng mạnh mà không vào được trang nào.",
    "Cảm ơn {person}. Em kiểm tra bộ phát ở đó xem đang có bao nhiêu máy dùng.",
    "Chỉ máy của {person} bị, hay mọi người trong phòng cũng bị ạ?",
    "Ai ngồi gần cửa sổ cũng bị em ạ.", NULL, NULL,
    "Kênh 6 trùng với công ty bên cạnh. 38 máy trên một bộ phát.",
    "Cấu hình sai", "Đã chuyển bộ phát sang kênh trống và giảm công suất bộ phát kế bên. Hai ngày nay không rớt.", "wifi" },
  { "Mạng > VPN và làm việc từ xa", KIP_SAMPLE_NETWORK, 3, 2, 6, 25,
    "VPN không nhận mật khẩu|VPN vào được một phút lại văng|Ở nhà không kết nối được VPN",
    "Ở nhà VPN cứ hỏi mật khẩu mãi, lên công ty thì mật khẩu đó vẫn đúng.|Tối qua em làm ở nhà, VPN kết nối được chừng một phút là ngắt.",
    "Để em xem tài khoản có bị khóa không nhé, {person} chờ em chút.",
    "Màn hình báo câu gì và bị từ hôm nào ạ?",
    "Nó báo \"xác thực thất bại\", từ hôm qua sau khi em đổi mật khẩu.", NULL, NULL, NULL,
    "Chưa biết cách dùng", "Máy vẫn lưu mật khẩu cũ trong VPN. Đã xóa và cùng kết nối lại qua điện thoại.", "làm ở nhà" },
  { "Mạng > VPN và làm việc từ xa", KIP_SAMPLE_NETWORK, 1, 1, 1, 80,
    "Cả đội ngoài thị trường không vào được VPN|VPN sập với tất cả mọi người",
    "Tất cả anh em đi thị trường đều báo quá thời gian chờ. Ba người gọi em rồi.",
    "Bên em cũng thấy rồi và đang xử lý. Nửa tiếng nữa em báo lại.",
    NULL, NULL, NULL, NULL,
    "Chứng thư của cổng VPN hết hạn lúc 7 giờ. Thư nhắc gửi vào hộp thư không ai đọc.",
    "Cấu hình sai", "Đã gia hạn chứng thư, khởi động lại cổng, và ghi ngày gia hạn vào lịch với hai lần nhắc.", "sự cố diện rộng" },
  { "Mạng > Dây mạng, ổ cắm", KIP_SAMPLE_NETWORK, 3, 3, 3, 35,
    "Ổ mạng ở {room} không có tín hiệu|Bàn mới không có mạng dây",
    "Ổ mạng cạnh bàn mới cắm vào không có gì. Em dùng tạm Wi-Fi nhưng file to chạy rất chậm.",
    "Chiều nay em dò lại đường cáp.",
    NULL, NULL, NULL, "Đấu nối cùng đợt chuyển chỗ vào thứ Năm.",
    NULL, "Yêu cầu mới", "Đã đấu ổ mạng vào switch tầng 2, cổng 31, và dán nhãn cả hai đầu.", NULL },
  { "Mạng > Đường truyền Internet", KIP_SAMPLE_NETWORK, 1, 1, 1, 70,
    "Mất Internet toàn công ty|Không vào được trang nào",
    "Không mở được gì cả, trang báo cũng không. Cổng đặt hàng mình không vào được mà khách thì gọi liên tục.",
    "Đường truyền của nhà mạng bị đứt. Bên em đang chuyển sang đường dự phòng.",
    NULL, NULL, "Đã báo sự cố cho nhà mạng; họ hẹn cử kỹ thuật.", NULL,
    "Nhà mạng báo đứt cáp quang do thi công đường cách đây hai con phố.",
    "Mất điện hoặc mất đường truyền", "Chạy đường dự phòng đến khi nhà mạng nối xong cáp. Đã chuyển về đường chính sau giờ làm.", "sự cố diện rộng" },
  { "Thư điện tử > Không gửi hoặc nhận được thư", KIP_SAMPLE_NOTHING, 3, 2, 6, 20,
    "Thư gửi khách bị trả lại|Khách báo không nhận được báo giá|Gửi thư cứ bị dội về",
    "Thư nào gửi cho khách này cũng bị trả về kèm một đoạn tiếng Anh dài. Họ chờ báo giá từ hôm qua.|Em gửi ba lần, lần nào cũng báo không gửi được. Địa chỉ thì em chép y nguyên từ danh thiếp.",
    "{person} chuyển tiếp giúp em một thư bị trả lại, giữ nguyên tất cả nội dung nhé.",
    "{person} gửi thư bị trả lại dạng tệp đính kèm giúp em được không?", "Em chuyển rồi đó.", NULL, NULL, NULL,
    "Nhà cung cấp", "Máy chủ thư của khách chặn cả một dải địa chỉ. Đã nhờ họ bỏ chặn; báo giá đã tới nơi.", "thư", SALES "|" MARKETING "|" PURCHASING },
  { "Thư điện tử > Hộp thư đầy", KIP_SAMPLE_NOTHING, 3, 3, 5, 15,
    "Hộp thư đầy|Không gửi được thư vì hết dung lượng",
    "Máy báo hết dung lượng, không gửi thêm được. Báo giá thì em không dám xóa cái nào.|Sáng ra mở thư toàn báo đầy. Em có hai mươi nghìn thư thật mà cái nào cũng cần.",
    "Em nới tạm cho hôm nay rồi. Phần còn lại mình sắp xếp cho gọn nhé.",
    NULL, NULL, NULL, NULL, NULL, "Cấu hình sai", "Đã lập kho lưu theo năm và chuyển 11 GB vào đó. Đã chỉ cách tìm lại thư.", "thư" },
  { "An toàn thông tin > Thư đáng ngờ", KIP_SAMPLE_NOTHING, 2, 1, 3, 30,
    "Thư lạ giả danh ngân hàng|Hình như em bấm nhầm vào thư lừa đảo|Tệp đính kèm lạ từ nhà cung cấp",
    "Em nhận thư báo hóa đơn chưa trả, mở tệp đính kèm rồi mới nhìn kỹ địa chỉ. Chưa thấy gì xảy ra, em xin lỗi.",
    "{person} báo ngay là đúng rồi ạ. Rút dây mạng ra, cứ để máy bật, em qua liền.",
    NULL, NULL, NULL, NULL,
    "Bảy người cùng nhận thư đó. Liên kết trỏ tới trang giả trang đăng nhập của mình.",
    "Chưa biết cách dùng", "Đã đổi mật khẩu, kiểm tra máy, chặn người gửi và gỡ thư khỏi mọi hộp thư.", "an toàn" },
  { "Phần mềm > Phần mềm kế toán, nghiệp vụ", KIP_SAMPLE_NOTHING, 2, 2, 6, 50,
    "Không ghi sổ được đơn hàng|Lỗi 4711 khi nhập kho|Lưu đơn hàng là treo phần mềm",
    "Bấm lưu thì báo \"bản ghi đang được người khác dùng\" mà tên lại là tên em. Em thoát ra vào lại hai lần rồi.|Nhập kho đến dòng cuối thì văng, phải làm lại từ đầu. Hàng đang chất ngoài cửa.",
    "Em gỡ khóa bản ghi cho. {person} cho em xin số đơn.",
    "Số đơn nào ạ?", "Đơn 20418, giờ thêm cả 20422.", NULL, NULL,
    "Phiên cũ còn treo sau khi máy chủ khởi động lại lúc trưa.",
    "Lỗi phần mềm", "Đã kết thúc phiên treo; cả hai đơn đã ghi sổ. Rút thời gian chờ của phiên xuống 30 phút.", "phần mềm kho", SALES "|" WAREHOUSE "|" PURCHASING },
  { "Phần mềm > Phần mềm kế toán, nghiệp vụ", KIP_SAMPLE_NOTHING, 2, 1, 3, 120,
    "Báo cáo cuối tháng sai số tổng|Số liệu tháng trước không khớp sổ cái",
    "Báo cáo doanh thu lệch sổ cái mấy triệu. Ngày làm việc thứ ba là phải nộp rồi.",
    "Em đang so hai bản báo cáo và hỏi song song bên công ty phần mềm.",
    "Lệch ở tất cả chi nhánh hay chỉ một nơi ạ?", "Em thấy chỉ lệch ở phòng trưng bày.",
    "Đã gửi cả hai báo cáo cho công ty phần mềm, họ đã mở phiếu.", NULL, NULL,
    "Lỗi phần mềm", "Công ty phần mềm gửi bản sửa. Số tổng khớp sổ cái cả sáu tháng gần nhất.", "phần mềm kho", ACCOUNTING },
  { "Phần mềm > Phần mềm kế toán, nghiệp vụ", KIP_SAMPLE_NOTHING, 3, 3, 3, 40,
    "Nhập bảng giá mới vào phần mềm|Cập nhật giá của nhà cung cấp ván",
    "Bên cung cấp ván gửi bảng giá mới, 1.400 dòng. Nhờ anh chị nhập giúp như năm ngoái.",
    "Dạ được. Em kiểm tra các cột và chạy thử trước.",
    "Năm nay có thêm hai cột. Cột \"phụ phí môi trường\" xử lý thế nào ạ?", "Cộng luôn vào giá nhé.",
    NULL, "Nhập vào tối thứ Sáu, lúc không ai ghi sổ.", NULL,
    "Yêu cầu mới", "Đã nhập 1.398 dòng, 2 dòng thiếu mã hàng; đã gửi danh sách.", "phần mềm kho", PURCHASING },
  { "Phần mềm > Phần mềm văn phòng", KIP_SAMPLE_COMPUTER, 3, 3, 5, 20,
    "File bị chính em khóa|Excel báo file hỏng|Không mở được file bảng tính",
    "File báo \"đang được bạn mở để sửa\". Em đóng hết rồi mà vẫn khóa.|Mở file lương thì báo nội dung có vấn đề. Hôm qua vẫn mở bình thường.",
    "Em xem máy nào còn giữ file đó.",
    NULL, NULL, NULL, NULL, NULL, "Lỗi phần mềm", "Đã đóng file trên máy chủ và để thêm bản hôm qua bên cạnh cho chắc.", NULL },
  { "Phần mềm > Phần mềm văn phòng", KIP_SAMPLE_NOTHING, 3, 3, 4, 15,
    "Mẫu công văn còn địa chỉ cũ|Sửa giúp mẫu báo giá",
    "Mẫu báo giá vẫn còn số điện thoại và số tài khoản cũ ở chân trang.|Công ty đổi địa chỉ cả tháng rồi mà giấy giới thiệu in ra vẫn ghi chỗ cũ.",
    "Cảm ơn {person} đã để ý. Em sửa luôn tất cả các mẫu.",
    NULL, NULL, NULL, NULL, NULL, "Yêu cầu mới", "Đã sửa 14 mẫu và phát hành; lần đăng nhập sau là có.", NULL },
  { "Phần mềm > Phần mềm thiết kế", KIP_SAMPLE_COMPUTER, 3, 2, 4, 60,
    "Phần mềm vẽ văng khi dựng hình|CAD tự đóng không báo gì",
    "Cứ dựng hình bộ bếp mới là văng. Mỗi lần mất cả tiếng làm.|Xoay mô hình một lúc thì màn hình đứng rồi phần mềm tự tắt.",
    "Em rất tiếc ạ. Em lấy báo cáo lỗi từ máy về xem.",
    "Bản vẽ tháng trước có bị không ạ?", "Không, chỉ khi dùng bộ vật liệu mới.", NULL, NULL,
    "Trình điều khiển từ 2023; hãng yêu cầu ít nhất bản mùa xuân năm nay.",
    "Lỗi phần mềm", "Đã cập nhật trình điều khiển đồ họa và giảm một nửa kích thước vân vật liệu. Dựng thử cả bộ hai lần đều được.", NULL, DESIGN },
  { "Phần mềm > Phần mềm thiết kế", KIP_SAMPLE_NOTHING, 3, 2, 2, 25,
    "Hết bản quyền phần mềm vẽ|Không lấy được bản quyền CAD",
    "Nó báo bản quyền đã dùng hết, mà hôm nay bọn em có ba người thôi.",
    "Có một máy đã tắt mà vẫn giữ bản quyền. Em thu lại ngay.",
    NULL, NULL, NULL, NULL, NULL, "Cấu hình sai", "Đã thu bản quyền bị treo và cài cho tự trả lại sau hai giờ.", NULL, DESIGN },
  { "Tài khoản > Mật khẩu", KIP_SAMPLE_NOTHING, 3, 1, 9, 8,
    "Tài khoản bị khóa|Quên mật khẩu sau kỳ nghỉ|Sáng nay không đăng nhập được",
    "Em gõ năm lần thì nó báo khóa tài khoản. Em đang đứng ở máy in, quê quá.|Nghỉ phép xong về quên sạch mật khẩu. Mười phút nữa em phải mở file cho sếp xem.",
    "Chuyện thường mà {person}. Em mở khóa rồi, em đọc mật khẩu tạm qua điện thoại nhé.",
    NULL, NULL, NULL, NULL, NULL, "Chưa biết cách dùng", "Đã mở khóa và đặt mật khẩu tạm, phải đổi ở lần đăng nhập đầu.", NULL },
  { "Tài khoản > Phân quyền", KIP_SAMPLE_NOTHING, 3, 3, 6, 20,
    "Xin quyền vào thư mục Báo giá|Cấp quyền ổ dự án giúp em|Không mở được thư mục của đồng nghiệp",
    "Em làm thay chị Ngọc bốn tuần nên cần vào thư mục dự án của chị ấy.|Em mới chuyển sang nhóm thiết kế mà ổ dự án vẫn báo không có quyền.",
    "Được ạ. Em chỉ cần trưởng phòng xác nhận một câu.",
    "Nhờ trưởng phòng xác nhận qua thư giúp em nhé?", "Chị ấy xác nhận rồi, có gửi kèm em.", NULL, NULL, NULL,
    "Thiếu quyền", "Đã thêm vào nhóm, hiệu lực bốn tuần. Đăng nhập lại là dùng được.", NULL },
  { "Nhân sự và chỗ ngồi > Nhân viên nghỉ việc", KIP_SAMPLE_NOTHING, 3, 2, 3, 45,
    "Nhân viên nghỉ việc cuối tháng|Khóa tài khoản người nghỉ việc",
    "Nhờ khóa mọi quyền vào ngày làm cuối và chuyển tiếp thư về nhóm trong ba tháng.",
    "Em ghi nhận rồi ạ. Em chuẩn bị sẵn và khóa vào chiều ngày cuối.",
    NULL, NULL, NULL, "Khóa tài khoản lúc 17:00 ngày làm việc cuối.", NULL,
    "Yêu cầu mới", "Đã khóa tài khoản, chuyển tiếp thư, thu laptop và thẻ. Biên bản trong thư mục.", "nghỉ việc", PEOPLE },
  { "Tệp và lưu trữ > Khôi phục tệp", KIP_SAMPLE_NOTHING, 3, 1, 5, 25,
    "Lỡ tay xóa mất thư mục|Khôi phục giúp bản hôm qua|Một thư mục tự nhiên biến mất",
    "Cả thư mục hội chợ biến mất khỏi ổ chung. Trưa nay vẫn còn. Có khi em lỡ tay.|Em lưu đè mất file hợp đồng bằng bản nháp. Mong còn cứu được.",
    "{person} đừng lo, đêm nào cũng có bản sao. Thư mục nào ạ?",
    NULL, NULL, NULL, NULL, NULL, "Chưa biết cách dùng", "Đã khôi phục từ bản chụp lúc 12:00. Không thiếu gì.", "sao lưu" },
  { "Phần mềm > Trang web", KIP_SAMPLE_NOTHING, 2, 2, 2, 60,
    "Mẫu liên hệ trên web không gửi được|Khách báo trang web lỗi",
    "Hai khách gọi điện nói bấm \"gửi\" trên trang liên hệ thì báo lỗi.",
    "Em thử cũng bị. Em đang xem nhật ký máy chủ web.",
    NULL, NULL, "Đã nhờ công ty làm web gia hạn khóa của bộ lọc thư rác.", NULL, NULL,
    "Cấu hình sai", "Công ty làm web đã gia hạn khóa. Tìm lại được ba tin nhắn và chuyển cho phòng kinh doanh.", NULL, MARKETING "|" SALES },
  { "Phần cứng > Máy in, máy quét", KIP_SAMPLE_NOTHING, 3, 2, 4, 25,
    "Máy quét cầm tay không ghép nối|Máy quét mã vạch không đọc|Máy quét báo mất kết nối",
    "Máy quét số ba kêu bíp mà màn hình nhập kho không nhận gì. Bọn em phải gõ tay hết.|Máy quét mới sạc xong lại không nhận máy trạm nào.",
    "Anh chị đặt máy vào đế sạc một phút giúp em, em gửi tờ mã cài đặt sang máy in.",
    NULL, NULL, NULL, NULL, NULL, "Cấu hình sai", "Đã quét tờ mã cài đặt, máy số ba ghép nối lại được. Treo một tờ cạnh đế sạc.", "kho", WAREHOUSE "|" PRODUCTION },
  { "Tệp và lưu trữ > Thư mục dùng chung", KIP_SAMPLE_NOTHING, 1, 2, 1, 150,
    "Mở file trên ổ S: rất chậm|Máy chủ tệp ì ạch",
    "Từ sáng cả phòng thiết kế mở file nào cũng chờ nửa phút.",
    "Cảm ơn anh chị, em thấy một ổ cứng trong tủ đĩa bị hỏng. Hệ thống đang dựng lại, hôm nay mọi người tránh chép thư mục lớn giúp em.",
    NULL, NULL, "Đã đặt ổ thay thế ở đối tác bảo trì, giao trong ngày làm việc tới.", NULL,
    "Dựng lại được 14%, chắc tối nay xong.",
    "Hỏng hoặc hao mòn", "Đối tác đã thay ổ, dựng lại xong, tốc độ bình thường. Đã mua thêm một ổ dự phòng để sẵn.", "sự cố diện rộng", DESIGN },
  { "Phần mềm > Cài đặt, nâng cấp", KIP_SAMPLE_COMPUTER, 3, 3, 4, 15,
    "Máy cứ đòi khởi động lại|Cập nhật lại lỗi",
    "Đang làm thì máy đòi khởi động lại, xong lại báo cập nhật không thành công.|Cứ mười phút lại hiện thông báo cập nhật che hết màn hình.",
    "Tối nay em chạy cho; lúc về {person} cứ để máy bật.",
    NULL, NULL, NULL, "Chạy cập nhật lúc 20:00 tối nay.", NULL,
    "Lỗi phần mềm", "Đã gỡ gói bị kẹt và cài cập nhật ban đêm. Máy sẽ không hỏi nữa.", NULL },
  { "Khác", KIP_SAMPLE_NOTHING, 3, 3, 5, 10,
    "Chia sẻ lịch làm việc thế nào?|Đặt phòng họp ở đâu?|Tìm mẫu năm ngoái ở đâu?",
    "Chắc câu hỏi hơi ngố nhưng em tìm trên trang nội bộ không thấy.|Chị hướng dẫn em một lần, em ghi lại cho cả phòng.",
    "Không ngố đâu ạ. Em chỉ, hai phút là xong.",
    NULL, NULL, NULL, NULL, NULL, "Chưa biết cách dùng", "Đã hướng dẫn qua điện thoại và thêm một trang ngắn vào trang nội bộ.", "hướng dẫn" },
  { "Khác", KIP_SAMPLE_NOTHING, 3, 3, 3, 30,
    "Nhờ trộn thư gửi khách|Công thức Excel cho bảng tồn kho",
    "Em có 300 địa chỉ và một lá thư, mà cuối cùng ai cũng thành \"Chị Linh\".",
    "Hai giờ em qua, mình làm chung nhé.",
    NULL, NULL, NULL, NULL, NULL, "Chưa biết cách dùng", "Đã làm cùng lượt đầu và để lại tờ ghi năm bước.", "hướng dẫn", MARKETING "|" SALES "|" ADMIN },
  { "Tài khoản > Phân quyền", KIP_SAMPLE_NOTHING, 3, 2, 3, 10,
    "Thẻ không mở được cửa phụ|Làm thẻ mới cho khách",
    "Từ cuối tuần thẻ của em mở được cửa chính mà không mở được cửa phụ.",
    "Em kiểm tra nhóm quyền của thẻ.",
    NULL, NULL, NULL, NULL, NULL, "Thiếu quyền", "Cửa phụ bị sót trong nhóm mới. Đã thêm và cùng thử qua điện thoại.", NULL },
  { "Phần mềm > Phần mềm kế toán, nghiệp vụ", KIP_SAMPLE_NOTHING, 2, 1, 3, 45,
    "Ngân hàng từ chối tệp chuyển tiền|Chạy lương bị lỗi",
    "Ngân hàng báo tệp chuyển tiền \"ngày không hợp lệ\". Hôm nay phải trả lương rồi!",
    "Em làm việc này trước. {person} gửi em tệp đó và đừng tải lên lại nhé.",
    NULL, NULL, NULL, NULL,
    "Ngày thực hiện rơi vào ngày nghỉ của ngân hàng; phần mềm không biết lịch nghỉ.",
    "Cấu hình sai", "Đã sửa ngày thực hiện, ngân hàng nhận tệp lúc 11:40. Đã nhập lịch nghỉ năm nay của ngân hàng.", "gấp", ACCOUNTING },
  { "Phần mềm > Phần mềm kế toán, nghiệp vụ", KIP_SAMPLE_NOTHING, 2, 1, 4, 35,
    "Token chữ ký số không nhận|Không ký được hóa đơn điện tử|Phát hành hóa đơn báo lỗi",
    "Cắm USB token vào máy không nhận, khách đứng chờ xuất hóa đơn.|Ký đến hóa đơn thứ mười thì báo chứng thư không hợp lệ.",
    "{person} rút token ra, cắm lại cổng phía sau máy giúp em. Em vào xem từ xa.",
    NULL, NULL, NULL, NULL,
    "Trình ký phiên bản cũ, hết tương thích sau bản cập nhật hôm qua.",
    "Lỗi phần mềm", "Đã cài lại trình ký bản mới, ký thử và phát hành đủ các hóa đơn đang chờ.", "hóa đơn", ACCOUNTING },
};

static const char *const openings[] = { "Chào {person},", "Em chào {person},", "Dạ {person},", NULL };
static const char *const thanks[] = {
  "Được rồi, cảm ơn em nhiều!", "Nhanh quá, cảm ơn nhé.", "Ổn rồi em ơi. Hôm nào chị mời cà phê.",
  "Chạy ngon rồi, cảm ơn anh chị.", "Vào được rồi ạ, em cảm ơn.", NULL
};
static const char *const chasers[] = {
  "Có tin gì chưa em ơi?", "Xin lỗi hỏi lại, bên chị vẫn chưa dùng được.", "Cho anh biết chừng nào xong được không?",
  "Sếp hỏi chị rồi, chị trả lời sao đây?", NULL
};
static const char *const agains[] = {
  "Lại bị rồi em ơi, y như lần trước.", "Được một hôm rồi lại thế.", "Sáng nay bị lại rồi, chắc chưa hết hẳn.", NULL
};
static const char *const sorries[] = {
  "Em xin lỗi đã để {person} phải hỏi. Em làm ngay và báo lại trước cuối ngày.",
  "Đúng là lâu quá ạ. Em đã đưa lên đầu danh sách.",
  "Cảm ơn {person} đã chờ, em còn đợi linh kiện, có là em báo liền.", NULL
};
static const char *const solved[] = {
  "Em xử lý xong rồi ạ:", "Xong rồi {person} ơi:", "Đã xong:", "Tìm ra rồi ạ:", NULL
};
static const char *const closings[] = {
  "Vậy em đóng phiếu nhé, cảm ơn {person}.", "Dạ, cảm ơn {person} đã báo lại!", "Tốt quá ạ. Nếu bị lại {person} cứ nhắn em.", NULL
};
static const char *const calls[] = {
  "Gọi lại: mọi thứ chạy tốt.", "Gọi hỏi thăm; hai ngày nay vẫn ổn.", "Trao đổi qua điện thoại, không còn gì thắc mắc.",
  "Không ai nghe máy, đã nhắn gọi lại.", NULL
};
static const char *const happy[] = {
  "Nhanh và nhiệt tình.", "Giải thích dễ hiểu.", "", "Gọi một lần là xong.", "", "Cảm ơn các bạn!", NULL
};
static const char *const unhappy[] = {
  "Việc nhỏ mà chờ lâu quá.", "Phải kể lại ba lần cùng một chuyện.", "Không ai báo cho tôi biết tiến độ.", "", NULL
};
static const char *const works[] = { "Qua điện thoại", "Tại chỗ", "Từ xa", "Tìm hiểu", "Kiểm tra lại", NULL };

const KipSampleWords *
kip_sample_words_vi (void)
{
  static const KipSampleWords words = {
    .mail_domain = "noithatmocan.example",
    .people = people,
    .n_people = G_N_ELEMENTS (people),
    .gear = { NULL, computers, printers, network, room_gear },
    .rooms = rooms,
    .teams = teams,
    .business = "Phần mềm > Phần mềm kế toán, nghiệp vụ",
    .issues = issues,
    .n_issues = G_N_ELEMENTS (issues),
    .openings = openings,
    .thanks = thanks,
    .chasers = chasers,
    .agains = agains,
    .sorries = sorries,
    .solved = solved,
    .calls = calls,
    .happy = happy,
    .unhappy = unhappy,
    .works = works,
    .closings = closings,
    .same = "Cùng nguyên nhân với phiếu của đồng nghiệp; xử lý chung ở đó.",
    .outage = "Mất điện cả khu phố",
  };

  return &words;
}
