/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-seed.h"

static const KipSeedCategory categories[] = {
  { "Phần cứng", FALSE, FALSE },
  { "Máy tính", FALSE, TRUE },
  { "Máy in, máy quét", TRUE, TRUE },
  { "Màn hình, bàn phím, chuột", TRUE, TRUE },
  { "Điện thoại", TRUE, TRUE },
  { "Phòng họp", TRUE, TRUE },
  { "Phần mềm", FALSE, FALSE },
  { "Phần mềm văn phòng", TRUE, TRUE },
  { "Phần mềm kế toán, nghiệp vụ", FALSE, TRUE },
  { "Trình duyệt", TRUE, TRUE },
  { "Cài đặt, nâng cấp", FALSE, TRUE },
  { "Mạng", FALSE, FALSE },
  { "Đường truyền Internet", FALSE, TRUE },
  { "Wi-Fi", TRUE, TRUE },
  { "VPN và làm việc từ xa", TRUE, TRUE },
  { "Dây mạng, ổ cắm", FALSE, TRUE },
  { "Tài khoản", FALSE, FALSE },
  { "Mật khẩu", TRUE, TRUE },
  { "Xác thực hai bước", TRUE, TRUE },
  { "Phân quyền", FALSE, TRUE },
  { "Thư điện tử", FALSE, FALSE },
  { "Không gửi hoặc nhận được thư", TRUE, TRUE },
  { "Hộp thư đầy", TRUE, TRUE },
  { "Nhóm thư", TRUE, TRUE },
  { "Tệp và lưu trữ", FALSE, FALSE },
  { "Thư mục dùng chung", TRUE, TRUE },
  { "Khôi phục tệp", FALSE, TRUE },
  { "Ổ đĩa đầy", TRUE, TRUE },
  { "An toàn thông tin", FALSE, FALSE },
  { "Thư đáng ngờ", TRUE, TRUE },
  { "Vi-rút", FALSE, TRUE },
  { "Mất thiết bị", FALSE, TRUE },
  { "Nhân sự và chỗ ngồi", FALSE, FALSE },
  { "Nhân viên mới", FALSE, TRUE },
  { "Nhân viên nghỉ việc", FALSE, TRUE },
  { "Chuyển chỗ ngồi", FALSE, TRUE },
  { "Khác", FALSE, FALSE },
  { NULL },
};

static const char *const causes[] = {
  "Hỏng hoặc hao mòn",
  "Cấu hình sai",
  "Lỗi phần mềm",
  "Chưa biết cách dùng",
  "Mất điện hoặc mất đường truyền",
  "Nhà cung cấp",
  "Thiếu quyền",
  "Yêu cầu mới",
  "Tự hết",
  "Không tìm ra nguyên nhân",
  NULL
};

static const KipSeedText canned[] = {
  { "Đã tiếp nhận", "Chào {requester},\n\nChúng tôi đã nhận yêu cầu {number} “{subject}” và đang kiểm tra.\n\n{agent}\n{office}" },
  { "Hẹn thời gian", "Chào {requester},\n\nYêu cầu {number} dự kiến xong trước {due}.\n\n{agent}\n{office}" },
  { "Cần thêm thông tin", "Chào {requester},\n\nĐể xử lý tiếp {number}, nhờ anh/chị cho biết: lỗi xảy ra từ khi nào, trên máy nào, và màn hình báo chính xác thế nào? Một ảnh chụp màn hình sẽ rất có ích.\n\n{agent}\n{office}" },
  { "Nhờ thử lại", "Chào {requester},\n\nNhờ anh/chị khởi động lại thiết bị rồi thử lại một lần. Bây giờ đã ổn chưa ạ?\n\n{agent}\n{office}" },
  { "Đang chờ nhà cung cấp", "Chào {requester},\n\nYêu cầu {number} đang chờ nhà cung cấp. Khi có tin mới chúng tôi sẽ báo ngay.\n\n{agent}\n{office}" },
  { "Đã xử lý xong", "Chào {requester},\n\n“{subject}” nay đã dùng lại được. Nếu chưa ổn, anh/chị chỉ cần trả lời, yêu cầu {number} sẽ được mở lại.\n\n{agent}\n{office}" },
  { "Mật khẩu mới", "Chào {requester},\n\nAnh/chị có thể đặt mật khẩu mới ở lần đăng nhập tới. Xin đừng cho ai biết mật khẩu, kể cả chúng tôi.\n\n{agent}\n{office}" },
  { NULL },
};

static const KipSeedText views[] = {
  { "Đã xử lý tuần này", "resolved:this-week sort:-resolved" },
  { NULL },
};

const KipOfficeSeed kip_office_seed_vi = {
  .team = "CNTT",
  .calendar = "Giờ hành chính",
  .policy = "Cam kết thông thường",
  .statuses = { "Mới", "Đang xử lý", "Chờ người yêu cầu", "Chờ nhà cung cấp", "Đã lên lịch", "Đã xử lý", "Đã đóng" },
  .categories = categories,
  .causes = causes,
  .canned = canned,
  .views = views,
};
