/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-sample-words.h"

#define FINANCE "Finance"
#define SALES "Sales"
#define MARKETING "Marketing"
#define PEOPLE "Human resources"
#define WAREHOUSE "Warehouse"
#define PRODUCTION "Production"
#define PURCHASING "Purchasing"
#define DESIGN "Design"
#define RECEPTION "Reception"
#define BOARD "Management"
#define IT "IT"

static const KipSamplePerson people[] = {
  { "Nora Whitfield", "Nora", "nora.whitfield", IT, "210", FALSE, 0 },
  { "Daniel Okafor", "Daniel", "daniel.okafor", IT, "211", FALSE, 0 },
  { "Priya Raman", "Priya", "priya.raman", IT, "212", FALSE, 0 },
  { "Tomas Lind", "Tomas", "tomas.lind", IT, "213", FALSE, 0 },
  { "Margaret Hale", "Margaret", "margaret.hale", BOARD, "100", TRUE, 3 },
  { "Victor Sandoval", "Victor", "victor.sandoval", BOARD, "101", TRUE, 2 },
  { "Eleanor Finch", "Eleanor", "eleanor.finch", FINANCE, "120", TRUE, 3 },
  { "Samir Haddad", "Samir", "samir.haddad", FINANCE, "121", FALSE, 3 },
  { "Grace Thornton", "Grace", "grace.thornton", FINANCE, "122", FALSE, 4 },
  { "Oliver Beck", "Oliver", "oliver.beck", FINANCE, "123", FALSE, 2 },
  { "Julia Moreau", "Julia", "julia.moreau", SALES, "130", FALSE, 4 },
  { "Peter Novak", "Peter", "peter.novak", SALES, "131", FALSE, 5 },
  { "Amelia Stone", "Amelia", "amelia.stone", SALES, "132", FALSE, 3 },
  { "Rashid Karim", "Rashid", "rashid.karim", SALES, "133", FALSE, 3 },
  { "Hannah Price", "Hannah", "hannah.price", SALES, "134", FALSE, 2 },
  { "Luca Bianchi", "Luca", "luca.bianchi", SALES, "135", FALSE, 3 },
  { "Chloe Adams", "Chloe", "chloe.adams", MARKETING, "140", FALSE, 3 },
  { "Ben Harker", "Ben", "ben.harker", MARKETING, "141", FALSE, 2 },
  { "Ines Duarte", "Ines", "ines.duarte", MARKETING, "142", FALSE, 2 },
  { "Ruth Coleman", "Ruth", "ruth.coleman", PEOPLE, "150", FALSE, 3 },
  { "Marcus Webb", "Marcus", "marcus.webb", PEOPLE, "151", FALSE, 2 },
  { "Stella Quinn", "Stella", "stella.quinn", RECEPTION, "9", FALSE, 4 },
  { "Ivan Petrov", "Ivan", "ivan.petrov", WAREHOUSE, "160", FALSE, 4 },
  { "Molly Gardner", "Molly", "molly.gardner", WAREHOUSE, "161", FALSE, 3 },
  { "Kofi Mensah", "Kofi", "kofi.mensah", WAREHOUSE, "162", FALSE, 3 },
  { "Dennis Ruiz", "Dennis", "dennis.ruiz", WAREHOUSE, "163", FALSE, 2 },
  { "Agnes Holm", "Agnes", "agnes.holm", PRODUCTION, "170", FALSE, 3 },
  { "Carlos Vega", "Carlos", "carlos.vega", PRODUCTION, "171", FALSE, 2 },
  { "Fiona Walsh", "Fiona", "fiona.walsh", PRODUCTION, "172", FALSE, 3 },
  { "George Tanner", "George", "george.tanner", PRODUCTION, "173", FALSE, 2 },
  { "Mei Zhang", "Mei", "mei.zhang", PURCHASING, "180", FALSE, 3 },
  { "Patrick O'Dell", "Patrick", "patrick.odell", PURCHASING, "181", FALSE, 2 },
  { "Sofia Lindqvist", "Sofia", "sofia.lindqvist", PURCHASING, "182", FALSE, 2 },
  { "Theo Barnes", "Theo", "theo.barnes", DESIGN, "190", FALSE, 3 },
  { "Yara Nasser", "Yara", "yara.nasser", DESIGN, "191", FALSE, 4 },
  { "Emil Jansen", "Emil", "emil.jansen", DESIGN, "192", FALSE, 3 },
  { "Laura Keane", "Laura", "laura.keane", DESIGN, "193", FALSE, 2 },
  { "Simon Ashby", "Simon", "simon.ashby", BOARD, "102", TRUE, 1 },
  { "Dorothy Blake", "Dorothy", "dorothy.blake", FINANCE, "124", FALSE, 2 },
  { "Ravi Menon", "Ravi", "ravi.menon", SALES, "136", FALSE, 3 },
};

static const char *const computers[] = {
  "LAP-014", "LAP-017", "LAP-021", "LAP-022", "LAP-026", "LAP-031", "LAP-033", "PC-105", "PC-108", "PC-112",
  "PC-117", "PC-121", "PC-124", "PC-130", NULL
};
static const char *const printers[] = {
  "PRN-1 ground floor", "PRN-2 sales", "PRN-3 finance", "PRN-4 warehouse labels", "PLT-1 design plotter", NULL
};
static const char *const network[] = { "Switch 2F-A", "Access point hall", "Access point canteen", "VPN gateway", "Firewall", NULL };
static const char *const room_gear[] = { "Screen Oak room", "Projector Pine room", "Conference phone Oak room", "Camera Birch room", NULL };
static const char *const rooms[] = {
  "the Oak room", "the Pine room", "the first floor", "the second floor", "the warehouse office", "the showroom", NULL
};
static const char *const teams[] = { "Network and servers", "Business applications", NULL };

static const KipSampleIssue issues[] = {
  { "Hardware > Printer and scanner", KIP_SAMPLE_PRINTER, 2, 2, 6, 25,
    "Printer on {room} prints nothing|{asset} is dead|Nothing comes out of the printer",
    "I sent the same document four times to {asset}. The queue says \"printing\" and nothing moves. There is a queue of people behind me now.|The printer says that it is ready, but my jobs just sit in the queue. I have switched it off and on twice.",
    "I can see the stuck jobs from here. I am clearing the queue; please do not send anything for five minutes.",
    NULL, NULL, NULL, NULL,
    "One 900 MB drawing at the head of the queue. Second time this month.",
    "Fault in a program", "Cleared the queue and restarted the print service. The large drawing now goes to the plotter.", "printing" },
  { "Hardware > Printer and scanner", KIP_SAMPLE_PRINTER, 3, 3, 4, 15,
    "Grey stripes on every page|{asset}: faded print",
    "All invoices come out with a grey stripe on the left side. Customers have started to ask.|The print gets paler towards the right. Shaking the cartridge did not help.",
    "That sounds like the drum. I will come by with a spare one.",
    NULL, NULL, "A new drum unit is ordered from Meyer Office Supplies, delivery promised in two days.", NULL,
    NULL, "Worn out or broken", "Replaced the drum and ran a cleaning page. Print is clean again.", NULL },
  { "Hardware > Printer and scanner", KIP_SAMPLE_PRINTER, 2, 1, 3, 20,
    "Label printer prints half labels|Labels are cut off at {asset}",
    "Labels come out shifted by half. The lorry leaves at four and we cannot mark the pallets.",
    "On my way down. Please keep the roll in, I want to see how it sits.",
    NULL, NULL, NULL, NULL, NULL,
    "Wrong setting", "Label size was set to 100 × 50 instead of 100 × 150 after the last roll change. Corrected and locked the menu.", "warehouse", WAREHOUSE },
  { "Hardware > Computer", KIP_SAMPLE_COMPUTER, 3, 2, 7, 45,
    "{asset} is terribly slow|My computer takes ages to start|Everything freezes every few minutes",
    "Since last week it takes ten minutes until I can open anything. Then it freezes again, mostly with a big spreadsheet.|The little circle turns and turns and even the mouse stands still. I am afraid to lose what I am writing.",
    "Thanks for telling us. I will look at it over the network while you carry on.",
    "Does it also happen with nothing but the mail program open? And is there any sound from the disk?",
    "Yes, also with only mail open. No sound, but the fan never stops.", NULL, NULL,
    "Disk 97 % full, 40 GB of it old phone backups.",
    "Wrong setting", "Moved old backups to the archive and added memory (8 → 16 GB). Starts in 40 seconds now.", NULL },
  { "Hardware > Computer", KIP_SAMPLE_COMPUTER, 3, 1, 4, 60,
    "{asset} does not start|Black screen this morning|Laptop dead after the weekend",
    "I press the button, the light goes on, and nothing else happens. I have a customer call in an hour.|It went off in the middle of my work and does not come back, not even on the charger.",
    "Bring it over, please, I have a spare laptop ready for you in the meantime.",
    NULL, NULL, "Mainboard goes to the maker under warranty, case opened. Expect five working days.", NULL,
    "Spare LAP-002 handed out with the user's profile.",
    "Worn out or broken", "Mainboard replaced under warranty. Data was intact; handed the laptop back and took the spare one in.", "warranty" },
  { "Hardware > Screen, keyboard, mouse", KIP_SAMPLE_COMPUTER, 3, 3, 4, 30,
    "Second screen not found|Screen flickers at my desk",
    "My second screen stays dark since I moved desks. Windows says there is only one.|The picture goes on and off every few seconds, it makes my eyes ache.",
    "I think it is the docking station. Could you unplug its power for ten seconds?",
    "Did that bring it back?", "No, still dark. The other screen works on the same cable.", NULL, NULL, NULL,
    "Worn out or broken", "Replaced the DisplayPort cable, which had a bent pin.", NULL },
  { "People and places > New colleague", KIP_SAMPLE_COMPUTER, 3, 3, 3, 90,
    "New laptop for a new colleague|Equipment for our new starter",
    "We have somebody starting on the first of next month. Please prepare a laptop, a headset and the usual access.",
    "Happy to. I have put it on the list and will send you the form for access rights.",
    "Which programs does she need besides the standard ones, and who signs for the access?",
    "Standard plus the drawing program. I sign for it.", "Laptop ordered from our supplier, delivery in six working days.",
    "Hand-over is planned for the morning of the first working day.", NULL,
    "Wish for something new", "Laptop installed and handed over with a short introduction. Access checked together.", "onboarding", PEOPLE "|" SALES "|" DESIGN },
  { "Hardware > Meeting room", KIP_SAMPLE_ROOM_GEAR, 2, 2, 3, 30,
    "No sound in the conference room|{asset}: they cannot hear us",
    "We can hear the customer but they cannot hear us. We ended up using a mobile phone on the table.",
    "I will check the room before your next meeting. When is it?",
    "When do you need the room next?", "Tomorrow at nine.", NULL, NULL, NULL,
    "Wrong setting", "The microphone was muted in the room unit. Taped the quick guide to the table and added it to the morning check.", "meeting room" },
  { "People and places > Moving a desk", KIP_SAMPLE_NOTHING, 3, 3, 2, 15,
    "Phone rings at the wrong desk|Calls to my number go to a colleague",
    "Since the desk move my calls ring at Emil's desk. He is getting impatient.",
    "That is quickly done, I will swap the extensions now.",
    NULL, NULL, NULL, NULL, NULL, "Wish for something new", "Swapped the extensions in the phone system and tested both.", NULL },
  { "Network > Wi-Fi", KIP_SAMPLE_NETWORK, 2, 2, 6, 40,
    "Wi-Fi drops in {room}|Wireless keeps disconnecting|No Wi-Fi in {room}",
    "The connection drops every few minutes, always at the worst moment of a call. At my desk it is fine.|My laptop shows full bars but no page opens.",
    "Thank you. I will have a look at the access point there and at who else is on it.",
    "Is it only your device, or do others in the room see it too?",
    "Everybody who sits near the window.", NULL, NULL,
    "Channel 6 is shared with the neighbours. 38 clients on one radio.",
    "Wrong setting", "Moved the access point to a free channel and lowered the power of its neighbour. No drops for two days.", "wifi" },
  { "Network > VPN and working from home", KIP_SAMPLE_NETWORK, 3, 2, 6, 25,
    "VPN refuses my password|VPN drops after a minute|Cannot connect from home",
    "At home the VPN asks for the password again and again. In the office everything works with the same one.|I worked from home last night; the connection stays for a minute and then it is gone.",
    "Let us check whether the account is locked. One moment, please.",
    "Which message do you see exactly, and since when?",
    "\"Authentication failed\", since I changed my password yesterday.", NULL, NULL, NULL,
    "How to use it", "The old password was still saved in the VPN client. Removed it and connected together on the phone.", "home office" },
  { "Network > VPN and working from home", KIP_SAMPLE_NETWORK, 1, 1, 1, 80,
    "Nobody can connect from outside|VPN is down for everyone",
    "All of us on the road get a time-out. Three people have called me already.",
    "We see it too and are on it. I will write again within half an hour.",
    NULL, NULL, NULL, NULL,
    "Certificate of the gateway expired at 07:00. The reminder went to a mailbox that nobody reads.",
    "Wrong setting", "Renewed the certificate, restarted the gateway, and put the renewal into the calendar with two reminders.", "outage" },
  { "Network > Cables and sockets", KIP_SAMPLE_NETWORK, 3, 3, 3, 35,
    "Network socket dead in {room}|No link at the new desk",
    "The socket by the new desk has no connection. I use the Wi-Fi for now but the big files crawl.",
    "I will trace the cable this afternoon.",
    NULL, NULL, NULL, "Patching is planned together with the other desk moves on Thursday.",
    NULL, "Wish for something new", "Patched the socket to switch 2F-A, port 31, and labelled both ends.", NULL },
  { "Network > Internet line", KIP_SAMPLE_NETWORK, 1, 1, 1, 70,
    "Internet is down|No web pages anywhere",
    "Nothing loads, not even the news. The order portal is down for us and customers are calling.",
    "The line of the provider is down. We are switching to the backup line now.",
    NULL, NULL, "Fault reported to the line provider; technician announced.", NULL,
    "Fibre cut by road works two streets away, says the provider.",
    "Line or power down", "Ran on the backup line until the provider repaired the fibre. Switched back after the close of business.", "outage" },
  { "Mail > Cannot send or receive", KIP_SAMPLE_NOTHING, 3, 2, 6, 20,
    "Mails to a customer bounce|My mail comes back|Customer does not get our offer",
    "Every mail to this customer comes back with a long technical text. They wait for our offer since yesterday.|I have sent it three times and each time it says that it could not be delivered. The address is straight from the card.",
    "Please forward me one of the messages that came back, with everything that is in it.",
    "Could you forward one of the bounces as an attachment?", "Forwarded it to you.", NULL, NULL, NULL,
    "Supplier", "Their mail server had blocked a whole range. Asked them to lift the block; your offer has been delivered.", "mail", SALES "|" MARKETING "|" PURCHASING },
  { "Mail > Mailbox full", KIP_SAMPLE_NOTHING, 3, 3, 5, 15,
    "Mailbox is full|Cannot send, quota reached",
    "The program says that I reached the limit and cannot send anything any more. I never delete offers, we need them.|Every morning it greets me with \"mailbox full\". I have twenty thousand mails and I need each of them.",
    "I have given you some room for today. Let us sort out the rest properly.",
    NULL, NULL, NULL, NULL, NULL, "Wrong setting", "Set up a yearly archive and moved 11 GB into it. Showed how to search it.", "mail" },
  { "Security > Suspicious mail", KIP_SAMPLE_NOTHING, 2, 1, 3, 30,
    "Suspicious mail from \"the bank\"|I think I clicked on something bad|Strange attachment from a supplier",
    "I got a mail about an unpaid invoice and opened the attachment before I saw the address. Nothing happened, I think. Sorry.",
    "You did right to tell us at once. Please take the network cable out and leave the computer on; I am coming.",
    NULL, NULL, NULL, NULL,
    "Same mail went to seven people. Link points to a copy of our login page.",
    "How to use it", "Reset the password, checked the computer, blocked the sender and removed the mail from all mailboxes.", "security" },
  { "Software > Accounting and business programs", KIP_SAMPLE_NOTHING, 2, 2, 6, 50,
    "ERP: order cannot be posted|Error 4711 when booking goods in|ERP hangs when I save an order",
    "When I save the order it says \"record in use by another user\" and my name stands there. I have logged out twice.|Booking goods in crashes at the last line and I have to start again. The pallets are standing in the gate.",
    "I will release the lock. Please tell me the number of the order.",
    "Which order is it?", "Order 20418, and now 20422 as well.", NULL, NULL,
    "Session left behind after the terminal server restarted at noon.",
    "Fault in a program", "Ended the orphaned session; both orders are posted. Shortened the session time-out to 30 minutes.", "erp", SALES "|" WAREHOUSE "|" PURCHASING },
  { "Software > Accounting and business programs", KIP_SAMPLE_NOTHING, 2, 1, 3, 120,
    "Month-end report shows wrong totals|ERP: figures of last month do not add up",
    "The turnover report differs from the ledger by some thousands. We must hand it in on the third working day.",
    "I am comparing both runs and will ask the software house in parallel.",
    "Does it differ for all branches or only for one?", "Only for the showroom, as far as I can see.",
    "Reported to the software house with both reports attached, their case is open.", NULL, NULL,
    "Fault in a program", "The software house delivered a corrected report. Totals agree with the ledger for the last six months.", "erp", FINANCE },
  { "Software > Accounting and business programs", KIP_SAMPLE_NOTHING, 3, 3, 3, 40,
    "New price list into the ERP|Please import the supplier's prices",
    "We got the new price list of our board supplier, 1,400 lines. Could you import it as last year?",
    "Sure. I will check the columns and do a trial run first.",
    "Two columns are new this year. What shall become of \"eco surcharge\"?", "Please add it to the price.",
    NULL, "The import is planned for Friday evening, when nobody books.", NULL,
    "Wish for something new", "Imported 1,398 lines, 2 had no article number; sent you the list.", "erp", PURCHASING },
  { "Software > Office programs", KIP_SAMPLE_COMPUTER, 3, 3, 5, 20,
    "File is locked by myself|Excel says the file is damaged|Spreadsheet cannot be opened",
    "The file is \"locked for editing by you\". I have closed everything and it stays locked.|The payroll file says that its content is damaged. Yesterday it opened as always.",
    "I will look which computer still holds it open.",
    NULL, NULL, NULL, NULL, NULL, "Fault in a program", "Closed the file on the server and restored yesterday's version beside it, to be safe.", NULL },
  { "Software > Office programs", KIP_SAMPLE_NOTHING, 3, 3, 4, 15,
    "Letter template has the old address|Please change the offer template",
    "The template still has the old telephone number and the old bank account in the footer.|We moved a month ago and our delivery notes still send people to the old gate.",
    "Thanks for noticing. I will change it in all templates at once.",
    NULL, NULL, NULL, NULL, NULL, "Wish for something new", "Changed 14 templates and published them; they arrive at the next login.", NULL },
  { "Software > Drawing programs", KIP_SAMPLE_COMPUTER, 3, 2, 4, 60,
    "Drawing program crashes when rendering|CAD closes without a word",
    "It closes when I render the new kitchen series. I lose about an hour of work each time.|I turn the model for a while, then the picture freezes and the program closes by itself.",
    "I am sorry to hear that. I will collect the crash reports from your computer.",
    "Does it also happen with last month's drawings?", "No, only with the new materials.", NULL, NULL,
    "Driver from 2023; vendor asks for at least this spring's.",
    "Fault in a program", "Updated the graphics driver and halved the texture size of the new material library. Rendered the whole series twice.", NULL, DESIGN },
  { "Software > Drawing programs", KIP_SAMPLE_NOTHING, 3, 2, 2, 25,
    "No licence left for the drawing program|CAD licence missing",
    "It says all licences are in use, but only three of us are here today.",
    "One is held by a computer that is switched off. I will free it.",
    NULL, NULL, NULL, NULL, NULL, "Wrong setting", "Freed the hanging licence and set it to return by itself after two hours.", NULL, DESIGN },
  { "Accounts > Password", KIP_SAMPLE_NOTHING, 3, 1, 9, 8,
    "Account locked|Forgot my password after the holidays|Locked out this morning",
    "I tried five times and now it says that the account is locked. I am standing at the printer with my badge and feel silly.|Back from two weeks of leave and my head is empty. In ten minutes I have to show a file to the boss.",
    "Happens to all of us. I have unlocked it; you get a new start password by phone.",
    NULL, NULL, NULL, NULL, NULL, "How to use it", "Unlocked the account and set a start password, to be changed at the first login.", NULL },
  { "Accounts > Permission", KIP_SAMPLE_NOTHING, 3, 3, 6, 20,
    "Access to the shared folder \"Offers\"|Please give me rights on the project drive|No access to a colleague's folder",
    "I am taking over from Hannah for four weeks and need to get at her project folder.|I moved to the design team on Monday, and their project drive still tells me that I have no rights.",
    "Gladly. I need a short word from the head of your department.",
    "Could your head of department confirm this by mail?", "Just did, you are in copy.", NULL, NULL, NULL,
    "Missing permission", "Added to the group, valid for four weeks. It works after the next login.", NULL },
  { "People and places > Leaving colleague", KIP_SAMPLE_NOTHING, 3, 2, 3, 45,
    "Colleague leaves at the end of the month|Close the accounts of a leaver",
    "Please close all access on the last day and forward the mail to the team for three months.",
    "Noted. I will prepare everything and close the accounts on the evening of the last day.",
    NULL, NULL, NULL, "Accounts are closed on the last working day at 17:00.", NULL,
    "Wish for something new", "Accounts closed, mail forwarded, laptop and badge taken in. Checklist is in the folder.", "offboarding", PEOPLE },
  { "Files > Get a file back", KIP_SAMPLE_NOTHING, 3, 1, 5, 25,
    "Deleted a folder by mistake|Please restore yesterday's version|A folder has disappeared",
    "The whole folder of the trade fair is gone from the drive. It was there at lunch. It may have been me.|I have saved a draft over the signed contract. Please say that there is a copy.",
    "Do not worry, there is a copy from every night. Which folder exactly?",
    NULL, NULL, NULL, NULL, NULL, "How to use it", "Restored the folder from the snapshot of 12:00. Nothing is missing.", "backup" },
  { "Software > Website", KIP_SAMPLE_NOTHING, 2, 2, 2, 60,
    "Contact form sends nothing|Customers say the form on our website fails",
    "Two customers told me on the phone that the form gives an error after \"send\".",
    "I can reproduce it. I am looking into the log of the web server.",
    NULL, NULL, "Asked the web agency to renew the key of the spam filter.", NULL, NULL,
    "Wrong setting", "The agency renewed the key. Three lost messages were found in the log and sent to sales.", NULL, MARKETING "|" SALES },
  { "Hardware > Printer and scanner", KIP_SAMPLE_NOTHING, 3, 2, 4, 25,
    "Hand scanner does not pair|Barcode scanner reads nothing|Scanner shows \"no host\"",
    "Scanner three beeps but nothing arrives in the goods-in mask. We type everything by hand.|Fresh from the charger the scanner does not find any host.",
    "Please put it into its cradle for a minute; I will send the set-up sheet to your printer.",
    NULL, NULL, NULL, NULL, NULL, "Wrong setting", "Scanned the set-up sheet, scanner three is paired again. A copy of the sheet hangs beside the cradle.", "warehouse", WAREHOUSE "|" PRODUCTION },
  { "Files > Shared folder", KIP_SAMPLE_NOTHING, 1, 2, 1, 150,
    "Files on the S: drive open very slowly|File server crawls",
    "All of us in design wait half a minute for each file since this morning.",
    "Thank you, I see a failed disk in the storage. It is rebuilding; please avoid moving large folders today.",
    NULL, NULL, "Spare disk ordered from the maintenance partner, next business day.", NULL,
    "Rebuild at 14 %, expected to end tonight.",
    "Worn out or broken", "Disk replaced by the partner, rebuild finished, speed back to normal. Second spare now on the shelf.", "outage", DESIGN },
  { "Software > Install or update", KIP_SAMPLE_COMPUTER, 3, 3, 4, 15,
    "Update wants to restart all the time|Update failed again",
    "The computer wants to restart in the middle of everything and then says that the update failed.|Every ten minutes a notice about updates covers half of my screen.",
    "I will run it tonight; just leave the computer on when you go.",
    NULL, NULL, NULL, "Update runs tonight at 20:00.", NULL,
    "Fault in a program", "Removed the stuck package and installed the update overnight. It will not ask again.", NULL },
  { "Other", KIP_SAMPLE_NOTHING, 3, 3, 5, 10,
    "How do I share my calendar?|How can I book the meeting room?|Where do I find last year's templates?",
    "Surely a silly question, but I could not find it in the intranet.|Show it to me once and I will write it down for the whole department.",
    "Not silly at all. I will show you, it takes two minutes.",
    NULL, NULL, NULL, NULL, NULL, "How to use it", "Explained it on the phone and added a short page to the intranet.", "howto" },
  { "Other", KIP_SAMPLE_NOTHING, 3, 3, 3, 30,
    "Help with a mail merge|Excel formula for the stock list",
    "I have 300 addresses and a letter and somehow everybody is called \"Mrs Adams\" in the end.",
    "I can come over at two, then we do it together.",
    NULL, NULL, NULL, NULL, NULL, "How to use it", "Did the first run together and left a note with the five steps.", "howto", MARKETING "|" SALES "|" RECEPTION },
  { "Accounts > Permission", KIP_SAMPLE_NOTHING, 3, 2, 3, 10,
    "Badge does not open the side door|New badge for a visitor",
    "My badge works at the main door but not at the side door, since the weekend.",
    "I will check the group of your badge.",
    NULL, NULL, NULL, NULL, NULL, "Missing permission", "The door had been left out of the new group. Added; tested with you on the phone.", NULL },
  { "Software > Accounting and business programs", KIP_SAMPLE_NOTHING, 2, 1, 3, 45,
    "Payment file is refused by the bank|Bank transfer run fails",
    "The bank refuses the payment file with \"invalid date\". The salaries have to go out today!",
    "I take this first. Please send me the file and do not upload it again.",
    NULL, NULL, NULL, NULL,
    "Execution date fell on a bank holiday; the program does not know the calendar.",
    "Wrong setting", "Corrected the execution date, file accepted at 11:40. Entered the bank's holidays for this year.", "urgent", FINANCE },
};

static const char *const openings[] = { "Hello {person},", "Hi {person},", "Good morning {person},", "Dear {person},", NULL };
static const char *const thanks[] = {
  "Works again, thank you!", "Perfect, that was quick.", "Great, thanks a lot for your patience.",
  "All good now. I owe you a coffee.", "It works. Thank you for coming over.", NULL
};
static const char *const chasers[] = {
  "Is there any news on this?", "Sorry to ask again, but I am still stuck.", "Could somebody give me an idea of when this will be done?",
  "My boss is asking me. What can I tell her?", NULL
};
static const char *const agains[] = {
  "It is back, I am afraid. Same thing as last time.", "It worked for a day and now it does it again.",
  "Sorry, but this is not solved. It happened again this morning.", NULL
};
static const char *const sorries[] = {
  "I am sorry that you had to ask. I am on it now and will write before the end of the day.",
  "You are right, that took too long. I have moved it to the top of my list.",
  "Thank you for your patience, I am still waiting for a part and will tell you as soon as it is here.", NULL
};
static const char *const solved[] = {
  "This should be solved now:", "Good news, it is done:", "All done:", "That was it:", NULL
};
static const char *const closings[] = {
  "Glad to hear it. I am closing this then.", "Thank you for letting me know!", "Good. Just reply if it comes back.", NULL
};
static const char *const calls[] = {
  "Rang back: everything works as it should.", "Called to ask; still fine after two days.", "Talked it through on the phone, no questions left.",
  "Left a message on the answering machine, asked to call back.", NULL
};
static const char *const happy[] = {
  "Quick and friendly, as always.", "Explained so well that even I understood.", "", "Solved in one call.", "", "Thank you!", NULL
};
static const char *const unhappy[] = {
  "Took far too long for such a small thing.", "I had to explain the same thing three times.", "Nobody told me what was going on.", "", NULL
};
static const char *const works[] = { "On the phone", "At the desk", "Remote session", "Research", "Testing", NULL };

const KipSampleWords *
kip_sample_words_en (void)
{
  static const KipSampleWords words = {
    .mail_domain = "oakandpine.example",
    .people = people,
    .n_people = G_N_ELEMENTS (people),
    .gear = { NULL, computers, printers, network, room_gear },
    .rooms = rooms,
    .teams = teams,
    .business = "Software > Accounting and business programs",
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
    .same = "Same cause as the report of a colleague; handled there.",
    .outage = "Power cut in the whole street",
  };

  return &words;
}
