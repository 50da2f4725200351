/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-office-seed.h"

static const KipSeedCategory categories[] = {
  { "Hardware", FALSE, FALSE },
  { "Computer", FALSE, TRUE },
  { "Printer and scanner", TRUE, TRUE },
  { "Screen, keyboard, mouse", TRUE, TRUE },
  { "Phone", TRUE, TRUE },
  { "Meeting room", TRUE, TRUE },
  { "Software", FALSE, FALSE },
  { "Office programs", TRUE, TRUE },
  { "Accounting and business programs", FALSE, TRUE },
  { "Browser", TRUE, TRUE },
  { "Install or update", FALSE, TRUE },
  { "Network", FALSE, FALSE },
  { "Internet line", FALSE, TRUE },
  { "Wi-Fi", TRUE, TRUE },
  { "VPN and working from home", TRUE, TRUE },
  { "Cables and sockets", FALSE, TRUE },
  { "Accounts", FALSE, FALSE },
  { "Password", TRUE, TRUE },
  { "Second factor", TRUE, TRUE },
  { "Permission", FALSE, TRUE },
  { "Mail", FALSE, FALSE },
  { "Cannot send or receive", TRUE, TRUE },
  { "Mailbox full", TRUE, TRUE },
  { "Mailing list", TRUE, TRUE },
  { "Files", FALSE, FALSE },
  { "Shared folder", TRUE, TRUE },
  { "Get a file back", FALSE, TRUE },
  { "Disk full", TRUE, TRUE },
  { "Security", FALSE, FALSE },
  { "Suspicious mail", TRUE, TRUE },
  { "Virus", FALSE, TRUE },
  { "Lost or stolen device", FALSE, TRUE },
  { "People and places", FALSE, FALSE },
  { "New colleague", FALSE, TRUE },
  { "Leaving colleague", FALSE, TRUE },
  { "Moving a desk", FALSE, TRUE },
  { "Other", FALSE, FALSE },
  { NULL },
};

static const char *const causes[] = {
  "Worn out or broken",
  "Wrong setting",
  "Fault in a program",
  "How to use it",
  "Line or power down",
  "Supplier",
  "Missing permission",
  "Wish for something new",
  "Gone by itself",
  "Not to be found",
  NULL
};

static const KipSeedText canned[] = {
  { "We have it", "Hello {requester},\n\nwe have your request {number} “{subject}” and are looking into it.\n\n{agent}\n{office}" },
  { "When you can expect it", "Hello {requester},\n\nwe expect to be done with {number} by {due}.\n\n{agent}\n{office}" },
  { "We need to know more", "Hello {requester},\n\nto go on with {number} we need to know: since when does it happen, on which device, and what does it say exactly? A picture of the screen helps.\n\n{agent}\n{office}" },
  { "Please try", "Hello {requester},\n\nplease restart the device and try once more. Is it better now?\n\n{agent}\n{office}" },
  { "Waiting for the supplier", "Hello {requester},\n\nfor {number} we are waiting for our supplier. You will hear from us as soon as there is news.\n\n{agent}\n{office}" },
  { "Done", "Hello {requester},\n\n“{subject}” should work again. If it does not, just answer, and {number} is opened again.\n\n{agent}\n{office}" },
  { "New password", "Hello {requester},\n\nyou can set a new password now. You will be asked for it when you next sign in. Please never tell it to anybody, not even to us.\n\n{agent}\n{office}" },
  { NULL },
};

static const KipSeedText views[] = {
  { "Resolved this week", "resolved:this-week sort:-resolved" },
  { NULL },
};

const KipOfficeSeed kip_office_seed_en = {
  .team = "IT",
  .calendar = "Office hours",
  .policy = "Usual promise",
  .statuses = { "New", "Open", "Waiting for requester", "Waiting for supplier", "Scheduled", "Resolved", "Closed" },
  .categories = categories,
  .causes = causes,
  .canned = canned,
  .views = views,
};
