namespace WasmBindgen.Build.Tests;

/// <summary>Whatever a file holds, it is read or refused, in little time.</summary>
public sealed class MutationTests
{
    private const string Module = """
        (module
          (rec (type (struct (field (mut i32)))) (type (sub (func (param (ref null 0))))))
          (import "env" "log" (func (param $message i32) (param i32) (result i64)))
          (import "env" "memory" (memory 1 16)) (import "env" "t" (table 1 (ref null 0)))
          (import "env" "tag" (tag (param i32)))
          (memory i64 1) (global (mut i32) (i32.const 7)) (table 1 10 funcref) (tag (param i32 externref))
          (func (export "run") (param $a i32) (param i32) (result i32) (local $x i32) (local.get $a))
          (export "memory" (memory 1)) (export "counter" (global 0)) (export "table" (table 1)) (export "tag" (tag 1))
          (data (i32.const 0) "data"))
        """;

    [Theory]
    [InlineData(Module)]
    public void A_guest_that_ends_too_early_is_refused_or_has_less(string text)
    {
        byte[] guest = Guests.Compile(text);
        for (int length = 0; length < guest.Length; length++)
        {
            CheckReadOrRefused(guest[..length]);
        }
    }

    [Theory]
    [InlineData(Module, 1)]
    [InlineData(Module, 2)]
    public void A_guest_with_changed_bytes_is_read_or_refused(string text, int seed)
    {
        byte[] guest = Guests.Compile(text);
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++)
        {
            var changed = new List<byte>(guest);
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int place = random.Next(8, changed.Count);
                byte value = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(changed[place] + random.Next(-2, 3));
                switch (random.Next(4))
                {
                    case 0:
                        changed.Insert(place, value);
                        break;
                    case 1:
                        changed.RemoveAt(place);
                        break;
                    default:
                        changed[place] = value;
                        break;
                }
            }

            CheckReadOrRefused([.. changed]);
        }
    }

    private static void CheckReadOrRefused(byte[] guest)
    {
        try
        {
            GuestText text = Guests.Read(guest);
            Assert.True(text.Wat is not null || text.Wit is not null);
        }
        catch (InvalidGuestException exception)
        {
            Assert.True(exception.Offset is null || exception.Offset <= guest.Length, exception.Message);
            Assert.NotEmpty(exception.Message);
        }
    }
}
