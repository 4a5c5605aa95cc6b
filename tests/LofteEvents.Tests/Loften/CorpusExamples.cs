using System.Text.Json.Nodes;
using LofteEvents.Loften;
using LofteEvents.Tests.Demonstration;

namespace LofteEvents.Tests.Loften;

/// <summary>
/// Three histories of every promise, as files that <c>lofte events publish --history</c> takes. Everything in them but the
/// promise is invented. Each is learnt the day after it happened.
/// </summary>
internal static class CorpusExamples
{
    public static string Text(string id, Share share)
    {
        var writer = new YearWriter();
        foreach (var (stream, said, at) in new Keeping(Corpus.Definition(id), share).Happened())
        {
            var type = EventCatalogue.Of(said);
            var data = said is LofteGiven
                ? JsonNode.Parse(Corpus.Parsed(id).GetRawText())!
                : JsonNode.Parse(type.Encode(said))!;
            var (learnt, happened) = (LofteEvents.Stockholm.Local(at.AddDays(1)), LofteEvents.Stockholm.Local(at));
            writer.Say(learnt, happened, type.Name, stream, data.AsObject());
        }

        return string.Concat(writer.Lines().Select(line => line + "\n"));
    }

    /// <summary>Reads a file as intake would: every payload fits its schema, and every event is accepted as it is said.</summary>
    public static Story Read(string id, Share share)
    {
        var story = new Story(Sample.Areas);
        foreach (var line in File.ReadLines(Corpus.ExampleOf(id, share)))
        {
            var said = JsonNode.Parse(line)!;
            var type = Sample.Type(((string)said["type"]!)["se.lofteevents.".Length..]);
            var data = System.Text.Encoding.UTF8.GetBytes(said["data"]!.ToJsonString());
            type.Schema.Check(System.Text.Json.JsonDocument.Parse(data).RootElement).ShouldBeEmpty(line);
            var (stream, recordedAt, happened) = ((string)said["subject"]!, Time(said, "recordedtime"), type.Decode(data));
            var history = story.History.Where(earlier => earlier.Stream == stream).ToList();
            var decision = StreamDecisions.Decide(stream, history, happened, new DecisionContext(recordedAt, Sample.Areas));
            decision.Refusals.ShouldBeEmpty(line);
            decision.Events.ShouldBe([happened], line);
            story.Said(stream, happened, Time(said, "time"), recordedAt);
        }

        return story;
    }

    private static DateTimeOffset Time(JsonNode said, string attribute) =>
        DateTimeOffset.Parse((string)said[attribute]!, System.Globalization.CultureInfo.InvariantCulture);
}
