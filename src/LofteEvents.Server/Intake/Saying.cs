using System.Text.Json;
using LofteEvents.Insatser;
using LofteEvents.Server.Errors;
using LofteEvents.Subjects;

namespace LofteEvents.Server.Intake;

/// <summary>An event on its way in, with what does not change however often it is decided.</summary>
internal sealed class Saying
{
    private DomainEvent? said;

    public Saying(IncomingEvent incoming)
    {
        Incoming = incoming;
        Data = incoming.Data;
        if (incoming.Type.MayBeSealed && SealedMember.TakeOut(incoming.Data) is { } taken)
        {
            (Data, Sealed) = taken;
            SealedFor = SealedMember.PersonIn(Data);
        }

        Fingerprint = Intake.Fingerprint.Of(incoming, Data);
    }

    public IncomingEvent Incoming { get; }

    /// <summary>What is stored: the data without the part that is sealed.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The part that is sealed, in canonical JSON; null where there is none. Never to be logged or quoted.</summary>
    public byte[]? Sealed { get; }

    /// <summary>Whom the sealed part is about; null where there is none, or nobody is named as the schema wants it.</summary>
    public Guid? SealedFor { get; }

    public byte[] Fingerprint { get; }

    /// <summary>What was said; only after <see cref="SchemaFaults"/> found nothing.</summary>
    public DomainEvent Said => said ?? throw new InvalidOperationException("The data has not been held against its schema.");

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

        said = Incoming.Type.Decode(Data.Span);
        return [];
    }
}
