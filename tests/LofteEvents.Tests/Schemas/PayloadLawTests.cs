using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace LofteEvents.Tests.Schemas;

/// <summary>
/// Laws that hold for payloads of every kind, tried on golden ones in which members are changed, added or taken out.
/// </summary>
public class Payloads
{
    /// <summary>Values from the edges of what the schemas allow, and from beyond.</summary>
    private static readonly string[] Edges =
    [
        "null", "true", "0", "1", "-1", "9007199254740991", "1000000", "\"\"", "\" \"", "\"a\"", "\"norrmalm\"", "\"trafik\"",
        "\"A B\"", "\"0\"", "\"42.500000\"", "\"-0.000000001\"", "\"999999999999999.999999999\"", "\"1900-01-01\"",
        "\"2199-12-31\"", "\"2018-06-31\"", "\"02-29\"", "\"02-30\"", "\"1900-01-01T00:00:00+14:00\"",
        "\"2199-12-31T23:59:59.999999999-14:00\"", "\"2018-03-25T02:30:00+01:00\"", "\"2018-03-16T18:00:00Z\"", "\"00:00\"",
        "\"23:59:59\"", "\"https://polisen.se/\"", "\"waived\"", "\"staff\"", "\"fulfilled\"",
        "\"\\ud83d\\udc6e \\n \\u00e5\"", "[]", "[\"a\",\"a\"]", "[\"riktad\"]", "[{\"name\":\"polis\"}]", "{}",
        "{\"area\":\"norrmalm\"}", "{\"checks\":0}", "{\"from\":\"2018-01-01\",\"to\":\"2018-12-31\"}",
    ];

    /// <summary>One payload in thirty or so still fits: enough to try what the code does with it.</summary>
    [Fact]
    public void That_fit_their_schema_are_decoded_and_written_so_that_they_fit_again()
    {
        var fitting = 0;
        Hold((type, payload) =>
        {
            if (!Fits(type, payload))
                return true;

            fitting++;
            var again = type.Encode(type.Decode(payload));
            return StrictJson.Check(again).Count == 0 && type.Schema.Check(Parsed(again)).Count == 0
                && type.Encode(type.Decode(again)).AsSpan().SequenceEqual(again);
        });
        fitting.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void That_fit_their_schema_are_decided_in_any_state_without_an_exception() =>
        Hold((type, payload) =>
        {
            if (!Fits(type, payload) || type.StreamPrefix is "notice" or "log")
                return true;

            var said = type.Decode(payload);
            foreach (var before in EventCatalogue.All.Where(other => other.StreamPrefix == type.StreamPrefix))
            {
                var decision = Spec.Given(Sample.Of(before.Name)).When(said).Decision;
                if (decision.Events.Count > 0)
                    Spec.Given(Sample.Of(before.Name), said).When(said).ThenNothing();
            }

            return true;
        });

    [Fact]
    public void That_do_not_fit_have_faults_in_places_that_are_there() =>
        Hold((type, payload) =>
        {
            var document = Parsed(payload);
            var faults = type.Schema.Check(document);
            type.Schema.IsValid(document).ShouldBe(faults.Count == 0);
            faults.ShouldAllBe(fault => Leads(document, fault.Pointer) && IsSentence(fault.Detail));
            return true;
        });

    private static void Hold(Func<EventType, byte[], bool> law) =>
        Prop.ForAll(Changed.ToArbitrary(), changed => law(changed.Type, changed.Payload))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithQuietOnSuccess(true));

    private static Gen<(EventType Type, byte[] Payload)> Changed { get; } =
        from type in Gen.Elements(EventCatalogue.All.ToArray())
        from changes in Gen.Choose(1, 3)
        from picks in Gen.Choose(0, 100_000).ListOf(changes)
        from edges in Gen.Elements(Edges).ListOf(changes)
        select (type, Change(File.ReadAllBytes(Sample.GoldenFile(type.Name)), picks.Zip(edges)));

    private static byte[] Change(byte[] golden, IEnumerable<(int Pick, string Edge)> changes)
    {
        var root = JsonNode.Parse(golden)!.AsObject();
        foreach (var (pick, edge) in changes)
        {
            var places = Places(root).ToList();
            if (places.Count == 0)
                break;

            var (holder, name) = places[pick % places.Count];
            if (pick % 7 == 0)
                holder.Remove(name);
            else if (pick % 11 == 0)
                holder["extra"] = JsonNode.Parse(edge);
            else
                holder[name] = JsonNode.Parse(edge);
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static IEnumerable<(JsonObject Holder, string Name)> Places(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(member => Places(member.Value).Prepend((holder, member.Key))),
        JsonArray items => items.SelectMany(Places),
        _ => [],
    };

    /// <summary>To a value, or to a member that is missing in an object that is there.</summary>
    private static bool Leads(JsonElement document, string pointer)
    {
        var at = document;
        var steps = pointer.Split('/').Skip(1)
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .ToList();
        foreach (var (index, step) in steps.Index())
        {
            if (at.ValueKind == JsonValueKind.Array)
                at = at[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)];
            else if (at.ValueKind != JsonValueKind.Object)
                return false;
            else if (at.TryGetProperty(step, out var member))
                at = member;
            else
                return index == steps.Count - 1;
        }

        return true;
    }

    private static bool IsSentence(string detail) => detail.EndsWith('.') || detail.EndsWith('?');

    private static bool Fits(EventType type, byte[] payload) =>
        StrictJson.Check(payload).Count == 0 && type.Schema.IsValid(Parsed(payload));

    private static JsonElement Parsed(byte[] json) => JsonDocument.Parse(json).RootElement;
}
