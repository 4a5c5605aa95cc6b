using System.Text.Json;
using LofteEvents.Insatser;
using LofteEvents.Server.Errors;

namespace LofteEvents.Server.Intake;

/// <summary>An event on its way in, with what does not change however often it is decided.</summary>
internal sealed class Saying(IncomingEvent incoming)
{
    private DomainEvent? said;

    public IncomingEvent Incoming { get; } = incoming;

    public byte[] Fingerprint { get; } = Intake.Fingerprint.Of(incoming);

    /// <summary>What was said; only after <see cref="SchemaFaults"/> found nothing.</summary>
    public DomainEvent Said => said ?? throw new InvalidOperationException("The data has not been held against its schema.");

    /// <summary>True where the data of a young person holds what must never be stored as it is.</summary>
    public bool HoldsSealed
    {
        get
        {
            if (!typeof(YouthFacts).IsAssignableFrom(Incoming.Type.ClrType))
            {
                return false;
            }

            using var document = JsonDocument.Parse(Incoming.Data);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("sealed", out _);
        }
    }

    /// <summary>Holds the data against its type's schema, and reads it where it fits.</summary>
    public IReadOnlyList<ProblemError> SchemaFaults()
    {
        if (said is not null)
        {
            return [];
        }

        using (var document = JsonDocument.Parse(Incoming.Data))
        {
            var faults = Incoming.Type.Schema.Check(document.RootElement);
            if (faults.Count > 0)
            {
                return [.. faults.Select(fault => new ProblemError(Incoming.PointerTo("/data" + fault.Pointer), fault.Detail))];
            }
        }

        said = Incoming.Type.Decode(Incoming.Data.Span);
        return [];
    }
}
