using LofteEvents.Subjects;

namespace LofteEvents.Tests.Subjects;

/// <summary>The known answers are those of RFC 5649 §6.</summary>
public sealed class Key_wrapping
{
    private static readonly byte[] Kek = Convert.FromHexString("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");

    [Theory]
    [InlineData(
        "c37b7e6492584340bed12207808941155068f738",
        "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a")]
    [InlineData("466f7250617369", "afbeb0f07dfbf5419200f2ccb50bb24f")]
    public void Gives_the_standards_own_answers(string key, string wrapped)
    {
        Convert.ToHexStringLower(KeyWrap.Wrap(Kek, Convert.FromHexString(key))).ShouldBe(wrapped);

        KeyWrap.TryUnwrap(Kek, Convert.FromHexString(wrapped), out var unwrapped).ShouldBeTrue();
        Convert.ToHexStringLower(unwrapped).ShouldBe(key);
    }

    [Fact]
    public void Takes_no_changed_bit_no_other_length_and_no_other_master_key()
    {
        var key = Enumerable.Range(0, SubjectKey.Size).Select(n => (byte)n).ToArray();
        var wrapped = KeyWrap.Wrap(Kek, key);
        wrapped.Length.ShouldBe(40);

        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            var changed = wrapped.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            KeyWrap.TryUnwrap(Kek, changed, out _).ShouldBeFalse($"bit {bit}");
        }

        for (var length = 0; length < wrapped.Length; length++)
        {
            KeyWrap.TryUnwrap(Kek, wrapped.AsSpan(0, length), out _).ShouldBeFalse($"{length} bytes");
        }

        KeyWrap.TryUnwrap(new byte[32], wrapped, out _).ShouldBeFalse();
    }
}
