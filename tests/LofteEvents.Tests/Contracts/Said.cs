using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LofteEvents.Tests.Contracts;

/// <summary>Requests for the tests of stores: what they say does not matter to a store, so it is made up.</summary>
internal static class Said
{
    public static string NewStream() => $"insats/{Guid.NewGuid():N}";

    public static NewEvent Event(string type = "insats.planned.v1", string data = """{"kind":"traffic"}""") =>
        new(Guid.NewGuid(), type, Encoding.UTF8.GetBytes(data), """{"source":"urn:lofte:demo"}"""u8.ToArray());

    /// <summary>An event whose id is an idempotency key, with the fingerprint of the content.</summary>
    public static NewEvent Keyed(string content = "what was said") => Event() with { Fingerprint = Fingerprint(content) };

    public static NewEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Event())];

    public static AppendRequest Request(string stream, long? expected, params NewEvent[] events) =>
        new([new StreamAppend(stream, expected, events)]);

    public static byte[] Fingerprint(string content) => SHA256.HashData(Encoding.UTF8.GetBytes(content));

    public static bool SameJson(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        JsonNode.DeepEquals(JsonNode.Parse(one.Span), JsonNode.Parse(other.Span));
}
