using System.Globalization;

namespace LofteEvents.Server.Intake;

/// <summary>Makes an event of an envelope, or names everything that is wrong with it.</summary>
internal static class EnvelopeCheck
{
    private const int MaxSourceLength = 1024;
    private const int MaxIdLength = 512;
    private const int MaxCorrelationLength = 256;

    private static readonly byte[] NoData = "null"u8.ToArray();

    /// <returns>Null where the envelope has faults; they are then all in it.</returns>
    public static IncomingEvent? Check(Envelope envelope)
    {
        if (envelope.Faults.Any(fault => fault.Pointer.Length == 0))
        {
            // It is no object, so there is nothing in it that could be missing.
            return null;
        }

        if (envelope.SpecVersion != "1.0")
        {
            envelope.Add("/specversion", "specversion must be \"1.0\": this is the version of CloudEvents that is taken here.");
        }

        var source = Source(envelope);
        var id = Text(envelope, "id", envelope.Id, MaxIdLength, isRequired: true);
        var type = Type(envelope);
        var stream = Subject(envelope, type);
        var time = Time(envelope, "time", envelope.Time);
        if (envelope.Time is null)
        {
            envelope.Add("/time", "time is missing; say when it happened, such as 2018-03-16T18:00:00+01:00.");
        }

        DataContentType(envelope);
        var correlation = Text(envelope, "correlationid", envelope.CorrelationId, MaxCorrelationLength, isRequired: false);
        var causation = Text(envelope, "causationid", envelope.CausationId, MaxCorrelationLength, isRequired: false);
        var expected = ExpectedVersion(envelope);
        var recorded = Time(envelope, "recordedtime", envelope.RecordedTime);
        return envelope.Faults.Count > 0 || source is null || id is null || type is null || stream is null || time is null
            ? null
            : new IncomingEvent(
                envelope.Index,
                source,
                id,
                type,
                stream,
                time.Value,
                envelope.Data ?? NoData,
                correlation,
                causation,
                expected,
                recorded);
    }

    private static string? Source(Envelope envelope)
    {
        var source = Text(envelope, "source", envelope.Source, MaxSourceLength, isRequired: true);
        if (source is not null && !UriReference.IsOne(source))
        {
            envelope.Add(
                "/source",
                "source is no URI reference (RFC 3986); name the publishing system, such as urn:lofte:demo, and percent-encode "
                + "what is not ASCII.");
            return null;
        }

        return source;
    }

    private static EventType? Type(Envelope envelope)
    {
        if (Text(envelope, "type", envelope.Type, MaxIdLength, isRequired: true) is not { } text)
        {
            return null;
        }

        var name = text.StartsWith(IncomingEvent.TypePrefix, StringComparison.Ordinal)
            ? text[IncomingEvent.TypePrefix.Length..]
            : null;
        if (name is not null && EventCatalogue.TryFind(name, out var type))
        {
            return type;
        }

        var meant = EventCatalogue.Nearest(name ?? text);
        var suggestion = meant is null ? "" : $" Did you mean '{IncomingEvent.TypePrefix}{meant.Name}'?";
        envelope.Add("/type", $"There is no event type '{Short(text)}'.{suggestion} GET /api/v1/schemas lists the types.");
        return null;
    }

    private static string? Subject(Envelope envelope, EventType? type)
    {
        if (envelope.Subject is not { } subject)
        {
            envelope.Add(
                "/subject",
                $"subject is missing; name the stream, {type?.StreamPrefix ?? "prefix"}/ followed by an id of your choice.");
            return null;
        }

        var slash = subject.IndexOf('/', StringComparison.Ordinal);
        if (type is not null && (slash < 0 || !subject.AsSpan(0, slash).SequenceEqual(type.StreamPrefix)))
        {
            envelope.Add(
                "/subject", $"The subject of {type.Name} begins with '{type.StreamPrefix}/'; this one is '{Short(subject)}'.");
            return null;
        }

        if (slash < 0 || !StreamName.IsId(subject.AsSpan(slash + 1)))
        {
            envelope.Add(
                "/subject",
                "After its prefix a subject has 1 to 128 characters out of A–Z, a–z, 0–9, full stop, underscore, tilde and "
                + $"hyphen; this one is '{Short(subject)}'.");
            return null;
        }

        return subject;
    }

    private static void DataContentType(Envelope envelope)
    {
        if (envelope.DataContentType is { } given && !MediaTypes.IsJson(given))
        {
            envelope.Add("/datacontenttype", $"datacontenttype is '{Short(given)}'; data is taken as application/json only.");
        }
    }

    private static long? ExpectedVersion(Envelope envelope)
    {
        if (envelope.ExpectedVersion is not { } text)
        {
            return null;
        }

        var hasOneForm = text is "0" || !text.StartsWith('0');
        if (hasOneForm && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return version;
        }

        envelope.Add(
            "/expectedversion",
            "expectedversion is an integer from 0: the version that you saw of the stream, 0 for a new one.");
        return null;
    }

    private static DateTimeOffset? Time(Envelope envelope, string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (Timestamp.TryParse(text, out var time))
        {
            return time;
        }

        envelope.Add(
            "/" + name,
            $"{name} is no time with an offset (RFC 3339); write it like 2018-03-16T18:00:00+01:00 or 2018-03-16T17:00:00Z.");
        return null;
    }

    /// <summary>A CloudEvents String without control characters (CloudEvents 1.0, type system).</summary>
    private static string? Text(Envelope envelope, string name, string? value, int maxLength, bool isRequired)
    {
        if (value is null)
        {
            if (isRequired)
            {
                envelope.Add("/" + name, $"{name} is missing.");
            }

            return null;
        }

        if (value.Length == 0 || value.Length > maxLength || value.Any(char.IsControl))
        {
            envelope.Add("/" + name, $"{name} has 1 to {maxLength} characters, none of them a control character.");
            return null;
        }

        return value;
    }

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 79), "…");
}
