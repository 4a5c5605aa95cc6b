namespace LofteEvents.Server.Intake;

/// <summary>
/// The attributes of one CloudEvent as they came, in whatever content mode, before anything is checked but their names.
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#context-attributes
/// </summary>
internal sealed class Envelope(int? index)
{
    private readonly List<Fault> faults = [];

    public int? Index { get; } = index;

    public string? SpecVersion { get; private set; }

    public string? Id { get; private set; }

    public string? Source { get; private set; }

    public string? Type { get; private set; }

    public string? Subject { get; private set; }

    public string? Time { get; private set; }

    public string? DataContentType { get; private set; }

    public string? DataSchema { get; private set; }

    public string? CorrelationId { get; private set; }

    public string? CausationId { get; private set; }

    public string? ExpectedVersion { get; private set; }

    public string? RecordedTime { get; private set; }

    public ReadOnlyMemory<byte>? Data { get; set; }

    /// <summary>What is wrong, with pointers within the event.</summary>
    public IReadOnlyList<Fault> Faults => faults;

    public void Add(string pointer, string detail) => faults.Add(new Fault(pointer, detail));

    /// <summary>Adds what a check of the whole body or of the data found.</summary>
    public void AddRange(IEnumerable<Fault> found) => faults.AddRange(found);

    /// <summary>
    /// Keeps an attribute. Extensions that mean nothing here are passed over, as CloudEvents asks of a consumer.
    /// </summary>
    /// <param name="isText">False for a number or boolean of the JSON format.</param>
    public void Set(string name, string value, bool isText)
    {
        if (!IsAttributeName(name))
        {
            Add(
                JsonPointer.Member("", name),
                "Attribute names are lower-case letters and digits (CloudEvents 1.0, naming); rename it or take it out.");
            return;
        }

        if (!isText && name is not "expectedversion" && IsKnown(name))
        {
            Add("/" + name, $"{name} is a text; put it in quotes.");
            return;
        }

        switch (name)
        {
            case "specversion":
                SpecVersion = value;
                break;
            case "id":
                Id = value;
                break;
            case "source":
                Source = value;
                break;
            case "type":
                Type = value;
                break;
            case "subject":
                Subject = value;
                break;
            case "time":
                Time = value;
                break;
            case "datacontenttype":
                DataContentType = value;
                break;
            case "dataschema":
                DataSchema = value;
                break;
            case "correlationid":
                CorrelationId = value;
                break;
            case "causationid":
                CausationId = value;
                break;
            case "expectedversion":
                ExpectedVersion = value;
                break;
            case "recordedtime":
                RecordedTime = value;
                break;
        }
    }

    private static bool IsKnown(string name) => name is
        "specversion" or "id" or "source" or "type" or "subject" or "time" or "datacontenttype" or "dataschema" or "correlationid"
        or "causationid" or "recordedtime";

    private static bool IsAttributeName(string name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
