/* Copyright the Kip developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim-world.h"

#include <sys/mman.h>
#include <ucontext.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#define IS_WATCHED 1
#else
#define IS_WATCHED 0
#endif

#define STACK (1024 * 1024)
#define GUARD 4096

typedef struct
{
  SimFunc    func;
  gpointer   data;
  gint64     wakes;     /* virtual ms */
  guint8    *stack;     /* (owned) mapped, with a page below that nobody may touch */
  ucontext_t context;
  gboolean   has_begun, has_ended;
  void      *fake_stack; /* of AddressSanitizer */
} Machine;

struct _SimWorld
{
  guint64    dice;
  gint64     now;
  GPtrArray *machines;  /* (owned) of Machine */
  Machine   *current;   /* (nullable) */
  ucontext_t outside;
  void      *outside_fake;
  const void *outside_bottom;
  size_t     outside_size;
};

/* The world whose machine is being begun: makecontext() passes on only ints. */
static SimWorld *beginning;

/* ---- dice: a counter, well stirred (splitmix64) ---- */

guint64
sim_world_random (SimWorld *world)
{
  guint64 z = (world->dice += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint64
sim_world_below (SimWorld *world,
                 guint64   n)
{
  return n > 0 ? sim_world_random (world) % n : 0;
}

gboolean
sim_world_chance (SimWorld *world,
                  guint     per_million)
{
  return per_million > 0 && sim_world_below (world, 1000000) < per_million;
}

/* ---- machines ---- */

static void
free_machine (gpointer data)
{
  Machine *machine = data;

  munmap (machine->stack, GUARD + STACK);
  g_free (machine);
}

SimWorld *
sim_world_new (guint64 seed)
{
  SimWorld *world = g_new0 (SimWorld, 1);

  world->dice = seed;
  world->machines = g_ptr_array_new_with_free_func (free_machine);
  return world;
}

void
sim_world_free (SimWorld *world)
{
  g_ptr_array_unref (world->machines);
  g_free (world);
}

gint64
sim_world_now (SimWorld *world)
{
  return world->now;
}

void
sim_world_add (SimWorld *world,
               gint64    delay_ms,
               SimFunc   func,
               gpointer  data)
{
  Machine *machine = g_new0 (Machine, 1);

  machine->func = func;
  machine->data = data;
  machine->wakes = world->now + delay_ms;
  machine->stack = mmap (NULL, GUARD + STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  g_assert_true (machine->stack != MAP_FAILED);
  mprotect (machine->stack, GUARD, PROT_NONE);
  g_ptr_array_add (world->machines, machine);
}

/* ---- changing from one stack to another ---- */

static void
leave_for_machine (SimWorld *world,
                   Machine  *machine)
{
#if IS_WATCHED
  __sanitizer_start_switch_fiber (&world->outside_fake, machine->stack + GUARD, STACK);
#endif
  swapcontext (&world->outside, &machine->context);
#if IS_WATCHED
  __sanitizer_finish_switch_fiber (world->outside_fake, NULL, NULL);
#endif
}

static void
arrived_in_machine (SimWorld *world,
                    Machine  *machine)
{
#if IS_WATCHED
  __sanitizer_finish_switch_fiber (machine->fake_stack, &world->outside_bottom, &world->outside_size);
#endif
}

static void
leave_for_outside (SimWorld *world,
                   Machine  *machine)
{
#if IS_WATCHED
  __sanitizer_start_switch_fiber (machine->has_ended ? NULL : &machine->fake_stack, world->outside_bottom, world->outside_size);
#endif
  swapcontext (&machine->context, &world->outside);
  arrived_in_machine (world, machine);
}

static void
live (void)
{
  SimWorld *world = beginning;
  Machine *machine = world->current;

  arrived_in_machine (world, machine);
  machine->func (machine->data);
  machine->has_ended = TRUE;
  leave_for_outside (world, machine);
  g_assert_not_reached ();
}

static void
wake (SimWorld *world,
      Machine  *machine)
{
  world->now = MAX (world->now, machine->wakes);
  world->current = machine;
  if (!machine->has_begun)
    {
      machine->has_begun = TRUE;
      getcontext (&machine->context);
      machine->context.uc_stack.ss_sp = machine->stack + GUARD;
      machine->context.uc_stack.ss_size = STACK;
      makecontext (&machine->context, live, 0);
      beginning = world;
    }
  leave_for_machine (world, machine);
  world->current = NULL;
  if (machine->has_ended)
    g_ptr_array_remove (world->machines, machine);
}

static Machine *
find_next (SimWorld *world)
{
  Machine *next = NULL;

  for (guint i = 0; i < world->machines->len; i++)
    {
      Machine *machine = g_ptr_array_index (world->machines, i);

      if (next == NULL || machine->wakes < next->wakes)
        next = machine;
    }
  return next;
}

void
sim_world_run (SimWorld *world)
{
  Machine *next;

  g_assert_null (world->current);
  while ((next = find_next (world)) != NULL)
    wake (world, next);
}

void
sim_world_sleep (SimWorld *world,
                 gint64    ms)
{
  Machine *machine = world->current;

  if (machine == NULL)
    {
      world->now += ms;
      return;
    }
  machine->wakes = world->now + ms;
  leave_for_outside (world, machine);
}
