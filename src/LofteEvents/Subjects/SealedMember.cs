using System.Buffers;
using System.Text;
using System.Text.Json;
using LofteEvents.Log;

namespace LofteEvents.Subjects;

/// <summary>The member of an event's data that is taken out before anything is stored, and sealed.</summary>
public static class SealedMember
{
    public const string Name = "sealed";

    /// <summary>JSON pointer to it, the path of every part that is sealed today.</summary>
    public const string Path = "/" + Name;

    private const string PersonName = "person";

    /// <param name="data">Strict JSON (<see cref="StrictJson"/>).</param>
    /// <returns>The data without the member, and the member in canonical JSON; null where there is none.</returns>
    public static (byte[] Without, byte[] Canonical)? TakeOut(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty(Name, out var part))
            return null;

        var rest = new ArrayBufferWriter<byte>(data.Length);
        using (var writer = new Utf8JsonWriter(rest))
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => !member.NameEquals(Name)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }

        return (rest.WrittenSpan.ToArray(), CanonicalJson.From(Encoding.UTF8.GetBytes(part.GetRawText())));
    }

    /// <summary>Whom data with a sealed part is about; null where that is not said as the schema wants it.</summary>
    public static Guid? PersonIn(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.TryGetProperty(PersonName, out var person)
            && person.ValueKind == JsonValueKind.String && person.TryGetGuid(out var id)
            ? id
            : null;
    }
}
