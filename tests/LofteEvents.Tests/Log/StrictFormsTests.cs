using System.Text;
using FsCheck.Fluent;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class Strict_base64
{
    /// <summary>RFC 4648 §10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("Zg==", "f")]
    [InlineData("Zm8=", "fo")]
    [InlineData("Zm9v", "foo")]
    [InlineData("Zm9vYg==", "foob")]
    [InlineData("Zm9vYmE=", "fooba")]
    [InlineData("Zm9vYmFy", "foobar")]
    public void Takes_the_RFCs_examples(string text, string decoded)
    {
        StrictBase64.TryDecode(text, out var bytes).ShouldBeTrue();
        Encoding.ASCII.GetString(bytes!).ShouldBe(decoded);
    }

    [Theory]
    [InlineData("Zh==")]
    [InlineData("Zm9=")]
    [InlineData("Zg")]
    [InlineData("Zg=")]
    [InlineData("Zg===")]
    [InlineData("=Zg=")]
    [InlineData("Zm9v\n")]
    [InlineData(" Zm9v")]
    [InlineData("Zm 9v")]
    [InlineData("Zm9v    ")]
    [InlineData("Zg==Zg==")]
    [InlineData("-_-_")]
    [InlineData("Zm9\0")]
    [InlineData("Zm9ä")]
    public void Refuses_every_other_spelling(string text) => StrictBase64.TryDecode(text, out _).ShouldBeFalse();

    [Fact]
    public void Has_one_text_for_bytes() => Laws.Hold(FsCheck.Fluent.Gen.Choose(0, 255).ArrayOf(), numbers =>
    {
        var bytes = numbers.Select(number => (byte)number).ToArray();
        return StrictBase64.TryDecode(Convert.ToBase64String(bytes), out var decoded) && decoded.SequenceEqual(bytes);
    });
}

public class Strict_decimal_numbers
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("20852163", 20852163)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void Are_read_as_they_are_written(string text, ulong number)
    {
        StrictDecimal.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(number);
        StrictDecimal.Format(number).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData("-0")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("1_0")]
    [InlineData("1.0")]
    [InlineData("1e1")]
    [InlineData("0x1")]
    [InlineData("\u0661")]
    [InlineData("18446744073709551616")]
    [InlineData("184467440737095516150")]
    public void Are_refused_in_every_other_spelling(string text) => StrictDecimal.TryParse(text, out _).ShouldBeFalse();
}

public class Strict_UTF_8
{
    [Theory]
    [InlineData("80")]
    [InlineData("C080")]
    [InlineData("E282")]
    [InlineData("EDA080")]
    [InlineData("F4908080")]
    [InlineData("61FF62")]
    public void Is_not_repaired(string hex) => StrictUtf8.TryDecode(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void Has_no_bytes_for_a_lone_surrogate() => Should.Throw<EncoderFallbackException>(() => StrictUtf8.Encode("a\uD800"));

    [Theory]
    [InlineData("")]
    [InlineData("åäö 😀")]
    [InlineData("\uFEFFx")]
    public void Comes_back_as_it_went(string text)
    {
        StrictUtf8.TryDecode(StrictUtf8.Encode(text), out var read).ShouldBeTrue();
        read.ShouldBe(text);
    }
}

/// <summary>RFC 6979 A.2.5: key, message "sample", SHA-256.</summary>
public class An_ECDSA_signature
{
    private const string R = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716";
    private const string S = "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";
    private const string Der = "3046" + "022100" + R + "022100" + S;

    [Fact]
    public void Of_the_RFC_verifies() => Verifies(Der, "sample").ShouldBeTrue();

    /// <summary>The RFC's second example, message "test", whose s begins with a small byte.</summary>
    [Fact]
    public void Of_the_RFC_verifies_where_an_integer_needs_no_leading_zero() =>
        Verifies(
            "3045"
            + "022100" + "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
            + "0220" + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
            "test").ShouldBeTrue();

    /// <summary>The same, with a leading zero that its s does not need.</summary>
    [Fact]
    public void With_an_integer_longer_than_it_must_be_is_refused() =>
        Verifies(
            "3046"
            + "022100" + "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
            + "022100" + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
            "test").ShouldBeFalse();

    [Fact]
    public void Of_another_text_does_not_verify() => Verifies(Der, "sampler").ShouldBeFalse();

    [Theory]
    [InlineData("3044" + "0220" + R + "0220" + S)]
    [InlineData("3045" + "022100" + R + "0220" + S)]
    [InlineData("308146" + "022100" + R + "022100" + S)]
    [InlineData("3047" + "02812100" + R + "022100" + S)]
    [InlineData("3047" + "02220000" + R + "022100" + S)]
    [InlineData("3080" + "022100" + R + "022100" + S + "0000")]
    [InlineData("3046" + "022100" + R + "022100" + S + "00")]
    [InlineData("3048" + "022100" + R + "022100" + S + "0500")]
    [InlineData("3046" + "022100" + R + "032100" + S)]
    [InlineData("3146" + "022100" + R + "022100" + S)]
    [InlineData("3023" + "022100" + R)]
    [InlineData("3025" + "022100" + R + "0200")]
    [InlineData("3000")]
    [InlineData("30")]
    [InlineData("")]
    [InlineData(R + S)]
    [InlineData("3006" + "020100" + "020100")]
    public void In_any_other_form_than_DER_is_refused(string form) => Verifies(form, "sample").ShouldBeFalse();

    [Fact]
    public void That_was_touched_anywhere_is_refused()
    {
        foreach (var broken in Broken.Bytes(Convert.FromHexString(Der)))
            Verifies(Convert.ToHexString(broken), "sample").ShouldBeFalse();
    }

    [Fact]
    public void Goes_to_DER_and_back() => Laws.Hold(
        Gen.Elements((byte)0, (byte)1, (byte)0x7F, (byte)0x80, (byte)0xFF).ArrayOf(64).Where(bytes =>
            bytes.AsSpan(0, 32).ContainsAnyExcept((byte)0) && bytes.AsSpan(32).ContainsAnyExcept((byte)0)),
        bytes => EcdsaSignature.TryFromDer(EcdsaSignature.ToDer(bytes), out var back) && back.SequenceEqual(bytes));

    private static bool Verifies(string der, string text)
    {
        using var key = TestKeys.Log();
        return EcdsaSignature.TryFromDer(Convert.FromHexString(der), out var signature)
            && P256.Of(key).Verify(Encoding.ASCII.GetBytes(text), signature);
    }
}
