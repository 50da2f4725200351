/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "kip-join-code-private.h"

#include "kip-share-keys-private.h"

#include <sodium.h>
#include <string.h>

/* The letters and digits of Crockford's base 32 (crockford.com/base32.html): no I, L, O and U.
 * I and L are read as 1, O as 0. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* ---- two letters that find mistakes ----
 * The letters are numbers of GF(32), x⁵ + x² + 1; the sum of them all and the sum of each times
 * its own power of x are zero.  Any one or two wrong letters break one of them, and so
 * does any exchange of two (a Reed–Solomon code of distance 3). */

static guint8
times_x (guint8 number)
{
  guint8 twice = (guint8) (number << 1);

  return (twice & 32) != 0 ? twice ^ 0x25 : twice;
}

/* By Horner's rule, the first letter having the highest power. */
static void
sums (const guint8 *code,
      guint         n,
      guint8       *plain,
      guint8       *weighted)
{
  *plain = *weighted = 0;
  for (guint i = 0; i < n; i++)
    {
      *plain ^= code[i];
      *weighted = times_x (*weighted) ^ code[i];
    }
}

/* The two letters that make both sums zero: found by trying all. */
static void
add_check (guint8 *code)
{
  guint8 plain, weighted;

  for (guint8 first = 0; first < 32; first++)
    {
      code[KIP_JOIN_CODE_RANDOM] = first;
      sums (code, KIP_JOIN_CODE_RANDOM + 1, &plain, &weighted);
      if (plain == times_x (weighted))
        break;
    }
  code[KIP_JOIN_CODE_RANDOM + 1] = plain;
}

static gboolean
is_right (const guint8 *code)
{
  guint8 plain, weighted;

  sums (code, KIP_JOIN_CODE_LETTERS, &plain, &weighted);
  return plain == 0 && weighted == 0;
}

/* ---- as people write it ---- */

static int
letter_value (char letter)
{
  const char *found;

  letter = g_ascii_toupper (letter);
  if (letter == 'I' || letter == 'L')
    letter = '1';
  if (letter == 'O')
    letter = '0';
  found = letter != '\0' ? strchr (letters, letter) : NULL;
  return found != NULL ? (int) (found - letters) : -1;
}

/* Blanks and any dash between the letters say nothing. */
static gboolean
is_filling (gunichar letter)
{
  return g_unichar_isspace (letter) || g_unichar_type (letter) == G_UNICODE_DASH_PUNCTUATION
         || letter == 0x2212 || letter == '_' || letter == '.';
}

gboolean
kip_join_code_parse (const char *text,
                     guint8     *code)
{
  guint n = 0;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      int value = letter < 0x80 ? letter_value (*at) : -1;

      if (value < 0 && is_filling (letter))
        continue;
      if (value < 0 || n == KIP_JOIN_CODE_LETTERS)
        return FALSE;
      code[n++] = (guint8) value;
    }
  return n == KIP_JOIN_CODE_LETTERS && is_right (code);
}

char *
kip_join_code_new (void)
{
  GString *text = g_string_new (NULL);
  guint8 code[KIP_JOIN_CODE_LETTERS];

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  randombytes_buf (code, sizeof code);
  for (guint i = 0; i < KIP_JOIN_CODE_RANDOM; i++)
    code[i] &= 31;
  add_check (code);
  for (guint i = 0; i < KIP_JOIN_CODE_LETTERS; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[code[i]]);
    }
  sodium_memzero (code, sizeof code);
  return g_string_free (text, FALSE);
}

gboolean
kip_join_code_is_one (const char *text)
{
  guint8 code[KIP_JOIN_CODE_LETTERS];

  return kip_join_code_parse (text, code);
}

gboolean
kip_recovery_code_keys (const char   *code,
                        const guint8 *office_id,
                        guint8       *public_key,
                        guint8       *secret_key)
{
  KipShareIdentity of_office = { .epoch = 0 };
  guint8 numbers[KIP_JOIN_CODE_LETTERS], seed[crypto_sign_SEEDBYTES];
  gboolean is_code = kip_join_code_parse (code, numbers);

  G_STATIC_ASSERT (crypto_sign_SEEDBYTES == KIP_OFFICE_KEY_SIZE);
  memcpy (of_office.file, office_id, KIP_OFFICE_ID_SIZE);
  if (is_code)
    {
      kip_derive_file_key (numbers, KIP_JOIN_CODE_RANDOM, &of_office, "kip-save", seed);
      crypto_sign_seed_keypair (public_key, secret_key, seed);
      sodium_memzero (seed, sizeof seed);
    }
  sodium_memzero (numbers, sizeof numbers);
  return is_code;
}
