/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* user-mode-linux 6.1 knows the registers of processors up to AVX-512, and gives back a buffer of that size
 * with PTRACE_SETREGSET; newer processors (AMX) have more of them, and the kernel then refuses.
 * Preloaded into it, this fills up such a buffer with what the process has. */
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

#define MOST 65536
/* Not in <elf.h> everywhere. */
#define KIND_XSTATE 0x202

typedef long (*Ptrace) (int request,
                        ...);

static char all[MOST];

static long
set_all (Ptrace        real,
         pid_t         pid,
         void         *kind,
         struct iovec *some)
{
  struct iovec whole = { all, sizeof all };

  if (real (PTRACE_GETREGSET, pid, kind, &whole) != 0 || whole.iov_len <= some->iov_len)
    return real (PTRACE_SETREGSET, pid, kind, some);
  memcpy (all, some->iov_base, some->iov_len);
  return real (PTRACE_SETREGSET, pid, kind, &whole);
}

long
ptrace (enum __ptrace_request request,
        ...)
{
  static Ptrace real;
  va_list arguments;
  pid_t pid;
  void *address, *data;

  va_start (arguments, request);
  pid = va_arg (arguments, pid_t);
  address = va_arg (arguments, void *);
  data = va_arg (arguments, void *);
  va_end (arguments);
  if (real == NULL)
    real = (Ptrace) dlsym (RTLD_NEXT, "ptrace");
  if (request == PTRACE_SETREGSET && (long) address == KIND_XSTATE)
    return set_all (real, pid, address, data);
  return real (request, pid, address, data);
}
