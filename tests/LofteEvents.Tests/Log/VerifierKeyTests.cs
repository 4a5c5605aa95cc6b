using System.Security.Cryptography;
using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class A_verifier_key
{
    private const string Spki =
        "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
        + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";

    [Fact]
    public void Of_a_log_has_the_id_of_its_key_alone()
    {
        using var key = TestKeys.Log();
        var spki = Convert.FromHexString(Spki);
        var line =
            $"example.com/log+{Convert.ToHexStringLower(SHA256.HashData(spki)[..4])}+{Convert.ToBase64String([2, .. spki])}";
        LogKey.Of("example.com/log", key).ToString().ShouldBe(line);
        Read(line).ShouldBeOfType<LogKey>().ToString().ShouldBe(line);
    }

    [Fact]
    public void Of_a_witness_has_the_id_of_name_type_and_key()
    {
        using var key = TestKeys.Log();
        byte[] material = [0xff, .. "lofte/cosignature-ecdsa-p256/v1"u8, .. Convert.FromHexString(Spki)];
        var id = SHA256.HashData([.. "example.com/w1\n"u8, .. material])[..4];
        var line = $"example.com/w1+{Convert.ToHexStringLower(id)}+{Convert.ToBase64String(material)}";
        WitnessKey.Of("example.com/w1", key).ToString().ShouldBe(line);
        Read(line).ShouldBeOfType<WitnessKey>().ToString().ShouldBe(line);
    }

    [Fact]
    public void That_was_touched_anywhere_is_refused_or_is_another_name()
    {
        using var key = TestKeys.Log();
        string[] lines = [LogKey.Of("log", key).ToString(), WitnessKey.Of("witness", key).ToString()];
        foreach (var line in lines)
        {
            foreach (var broken in Broken.Bytes(Encoding.ASCII.GetBytes(line)).Select(Encoding.Latin1.GetString))
            {
                if (VerifierKey.TryParse(broken, out var read, out _))
                    (read.Name, broken[broken.IndexOf('+')..])
                        .ShouldBe((broken[..broken.IndexOf('+')], line[line.IndexOf('+')..]));
            }
        }
    }

    [Theory]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "key.unsupported")]
    [InlineData("example.com/foo+530d903a", "key.malformed")]
    [InlineData("example.com/foo+530d903a+", "key.malformed")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "key.malformed")]
    [InlineData("example.com/foo+ 30d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "key.malformed")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "key.malformed")]
    [InlineData("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "key.malformed")]
    [InlineData("a+00000000+Ag==", "key.malformed")]
    [InlineData("a+00000000+/w==", "key.unsupported")]
    [InlineData("", "key.malformed")]
    public void Of_another_form_or_algorithm_is_refused(string line, string code) => RefusalOf(line).ShouldBe(code);

    [Fact]
    public void Of_another_curve_encoding_or_a_point_beside_the_curve_is_refused()
    {
        RefusalOf(Line([2, .. Convert.FromHexString(Spki)])).ShouldBe("none");
        RefusalOf(Line([2, .. Convert.FromHexString(Spki), 0])).ShouldBe("key.malformed");
        var beside = Convert.FromHexString(Spki);
        beside[^1] ^= 1;
        RefusalOf(Line([2, .. beside])).ShouldBe("key.malformed");
        var compressed = "3039301306072a8648ce3d020106082a8648ce3d03010703220003" + Spki[54..118];
        RefusalOf(Line([2, .. Convert.FromHexString(compressed)])).ShouldBe("key.malformed");
        for (var i = 0; i < Spki.Length / 2 - 64; i++)
        {
            var elsewise = Convert.FromHexString(Spki);
            elsewise[i] ^= 1;
            RefusalOf(Line([2, .. elsewise])).ShouldBe("key.malformed");
        }

        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        RefusalOf(Line([2, .. larger.ExportSubjectPublicKeyInfo()])).ShouldBe("key.malformed");
        Should.Throw<ArgumentException>(() => LogKey.Of("log", larger));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    public void Is_not_made_with_a_name_that_a_note_could_not_carry(string name)
    {
        using var key = TestKeys.Log();
        Should.Throw<ArgumentException>(() => LogKey.Of(name, key));
        Should.Throw<ArgumentException>(() => WitnessKey.Of(name, key));
    }

    private static string Line(byte[] material) =>
        $"log+{Convert.ToHexStringLower(SHA256.HashData(material.AsSpan(1))[..4])}+{Convert.ToBase64String(material)}";

    private static VerifierKey Read(string line)
    {
        VerifierKey.TryParse(line, out var key, out var refusal).ShouldBeTrue(refusal?.Sentence);
        return key!;
    }

    private static string RefusalOf(string line)
    {
        var isKey = VerifierKey.TryParse(line, out var key, out var refusal);
        (key is not null).ShouldBe(isKey);
        return refusal?.Code ?? "none";
    }
}
