/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-config.h"
#include "kip-query-fields.h"

#include <glib/gi18n-lib.h>

#include "kip-priority.h"
#include "kip-query-time.h"
#include "kip-schema.h"

/* In the order in which the help and the completions show them; those of a rank
 * from the most to the least pressing. */
static const KipQueryKeyword keywords[] = {
  { KIP_QUERY_SET_PHASE, KIP_PHASE_NEW, "new", "mới", N_("New") },
  { KIP_QUERY_SET_PHASE, KIP_PHASE_OPEN, "open", "đang xử lý|đang mở|mở", N_("Open") },
  { KIP_QUERY_SET_PHASE, KIP_PHASE_WAITING, "waiting", "chờ|đang chờ|tạm dừng|pending", N_("Waiting") },
  { KIP_QUERY_SET_PHASE, KIP_PHASE_SCHEDULED, "scheduled", "đã hẹn|đã lên lịch|hẹn", N_("Scheduled") },
  { KIP_QUERY_SET_PHASE, KIP_PHASE_RESOLVED, "resolved", "đã giải quyết|đã xử lý|xong", N_("Resolved") },
  { KIP_QUERY_SET_PHASE, KIP_PHASE_CLOSED, "closed", "đã đóng|đóng", N_("Closed") },

  { KIP_QUERY_SET_PRIORITY, KIP_PRIORITY_CRITICAL, "critical", "nghiêm trọng|khẩn cấp|gấp|urgent|p1", N_("Critical") },
  { KIP_QUERY_SET_PRIORITY, KIP_PRIORITY_HIGH, "high", "cao|p2", N_("High") },
  { KIP_QUERY_SET_PRIORITY, KIP_PRIORITY_NORMAL, "normal", "thường|bình thường|trung bình|medium|p3", N_("Normal") },
  { KIP_QUERY_SET_PRIORITY, KIP_PRIORITY_LOW, "low", "thấp|p4", N_("Low") },

  { KIP_QUERY_SET_LEVEL, KIP_LEVEL_HIGH, "high", "cao", N_("High") },
  { KIP_QUERY_SET_LEVEL, KIP_LEVEL_MEDIUM, "medium", "vừa|trung bình|normal", N_("Medium") },
  { KIP_QUERY_SET_LEVEL, KIP_LEVEL_LOW, "low", "thấp", N_("Low") },

  { KIP_QUERY_SET_CHANNEL, KIP_CHANNEL_PHONE, "phone", "điện thoại|gọi|call", N_("Phone") },
  { KIP_QUERY_SET_CHANNEL, KIP_CHANNEL_WALK_IN, "walk-in", "trực tiếp|tại chỗ", N_("Walk-in") },
  { KIP_QUERY_SET_CHANNEL, KIP_CHANNEL_MAIL, "mail", "thư|email|e-mail", N_("Mail") },
  { KIP_QUERY_SET_CHANNEL, KIP_CHANNEL_CHAT, "chat", "nhắn tin|tin nhắn", N_("Chat") },
  { KIP_QUERY_SET_CHANNEL, KIP_CHANNEL_WEB, "web", "trang mạng", N_("Web") },

  { KIP_QUERY_SET_PERSON, KIP_QUERY_VALUE_ME, "me", "tôi", N_("Me") },
  { KIP_QUERY_SET_TEAM, KIP_QUERY_VALUE_MINE, "mine", "của tôi", N_("Mine") },

  { KIP_QUERY_SET_TIME, KIP_QUERY_NOW, "now", "bây giờ", N_("Now") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_TODAY, "today", "hôm nay", N_("Today") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_YESTERDAY, "yesterday", "hôm qua", N_("Yesterday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_TOMORROW, "tomorrow", "ngày mai|mai", N_("Tomorrow") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_THIS_WEEK, "this-week", "tuần này|week|tuần", N_("This week") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_LAST_WEEK, "last-week", "tuần trước", N_("Last week") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_NEXT_WEEK, "next-week", "tuần sau|tuần tới", N_("Next week") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_THIS_MONTH, "this-month", "tháng này|month|tháng", N_("This month") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_LAST_MONTH, "last-month", "tháng trước", N_("Last month") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_NEXT_MONTH, "next-month", "tháng sau|tháng tới", N_("Next month") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_THIS_QUARTER, "this-quarter", "quý này|quarter|quý", N_("This quarter") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_LAST_QUARTER, "last-quarter", "quý trước", N_("Last quarter") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_NEXT_QUARTER, "next-quarter", "quý sau|quý tới", N_("Next quarter") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_THIS_YEAR, "this-year", "năm nay|year|năm", N_("This year") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_LAST_YEAR, "last-year", "năm trước|năm ngoái", N_("Last year") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_NEXT_YEAR, "next-year", "năm sau|năm tới", N_("Next year") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_MONDAY, "monday", "thứ hai|thứ 2|t2|mon", N_("Monday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_TUESDAY, "tuesday", "thứ ba|thứ 3|t3|tue", N_("Tuesday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_WEDNESDAY, "wednesday", "thứ tư|thứ 4|t4|wed", N_("Wednesday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_THURSDAY, "thursday", "thứ năm|thứ 5|t5|thu", N_("Thursday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_FRIDAY, "friday", "thứ sáu|thứ 6|t6|fri", N_("Friday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_SATURDAY, "saturday", "thứ bảy|thứ 7|t7|sat", N_("Saturday") },
  { KIP_QUERY_SET_TIME, KIP_QUERY_SUNDAY, "sunday", "chủ nhật|cn|sun", N_("Sunday") },

  { KIP_QUERY_SET_CLOCK, KIP_QUERY_CLOCK_MET, "met", "đạt", N_("Met") },
  { KIP_QUERY_SET_CLOCK, KIP_QUERY_CLOCK_MISSED, "missed", "lỡ|trễ|không đạt|breached|late", N_("Missed") },
  { KIP_QUERY_SET_CLOCK, KIP_QUERY_CLOCK_RUNNING, "running", "đang chạy", N_("Running") },
  { KIP_QUERY_SET_CLOCK, KIP_QUERY_CLOCK_PAUSED, "paused", "tạm dừng", N_("Paused") },
  { KIP_QUERY_SET_CLOCK, KIP_QUERY_CLOCK_OFF, "off", "không có|none", N_("No promise") },

  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_OPEN, "open", "đang mở|mở", N_("Open") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_NEW, "new", "mới", N_("New") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_WAITING, "waiting", "đang chờ|chờ", N_("Waiting") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_RESOLVED, "resolved", "đã giải quyết|xong", N_("Resolved") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_CLOSED, "closed", "đã đóng|đóng", N_("Closed") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_OVERDUE, "overdue", "quá hạn|trễ hạn|late", N_("Overdue") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_MINE, "mine", "của tôi", N_("Mine") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_UNASSIGNED, "unassigned", "chưa giao|chưa phân công", N_("Unassigned") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_PAUSED, "paused", "tạm dừng", N_("Paused") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_VIP, "vip", "khách vip", N_("VIP") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_ANSWERED, "answered", "đã trả lời", N_("Answered") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_UNANSWERED, "unanswered", "chưa trả lời", N_("Unanswered") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_REOPENED, "reopened", "mở lại", N_("Reopened") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_CONFLICT, "conflict", "xung đột", N_("In conflict") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_BY_HAND, "due-by-hand", "hạn đặt tay|by-hand", N_("Deadline set by hand") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_DRAFT, "draft", "bản nháp|nháp", N_("Draft") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_PARENT, "parent", "phiếu cha", N_("Parent") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_CHILD, "child", "phiếu con", N_("Child") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_MERGED, "merged", "đã gộp", N_("Merged") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_SPAM, "spam", "thư rác|rác", N_("Spam") },
  { KIP_QUERY_SET_IS, KIP_QUERY_FLAG_DELETED, "deleted", "đã xóa", N_("Deleted") },

  { KIP_QUERY_SET_HAS, KIP_QUERY_FLAG_ATTACHMENT, "attachment", "đính kèm|tệp|file", N_("Attachment") },
  { KIP_QUERY_SET_HAS, KIP_QUERY_FLAG_DRAFT, "draft", "bản nháp|nháp", N_("Draft") },
  { KIP_QUERY_SET_HAS, KIP_QUERY_FLAG_SURVEY, "survey", "đánh giá|khảo sát", N_("Survey answer") },
  { KIP_QUERY_SET_HAS, KIP_QUERY_FLAG_WORK, "work", "giờ công|công", N_("Work time") },

  { KIP_QUERY_SET_SORT, KIP_QUERY_DUE, "due", NULL, N_("Due") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_RECEIVED, "received", NULL, N_("Received") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_UPDATED, "updated", NULL, N_("Updated") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_RESOLVED, "resolved", NULL, N_("Resolved") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_PRIORITY, "priority", NULL, N_("Priority") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_STATUS, "status", NULL, N_("Status") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_NUMBER, "number", NULL, N_("Number") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_SUBJECT, "subject", NULL, N_("Subject") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_REQUESTER, "requester", NULL, N_("Requester") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_AGENT, "agent", NULL, N_("Agent") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_TEAM, "team", NULL, N_("Team") },
  { KIP_QUERY_SET_SORT, KIP_QUERY_CATEGORY, "category", NULL, N_("Category") },

  { KIP_QUERY_SET_EMPTY, KIP_QUERY_VALUE_NONE, "none", "không có|chưa có|không|empty", N_("None") },
  { KIP_QUERY_SET_EMPTY, KIP_QUERY_VALUE_ANY, "any", "bất kỳ|có", N_("Any") },
};

const KipQueryKeyword *
kip_query_keywords (guint *n)
{
  *n = G_N_ELEMENTS (keywords);
  return keywords;
}
