using System.Text.Json;
using System.Xml.Linq;

namespace LofteEvents.Tests.Server;

public sealed class Open_data(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/open-data/2018/status.csv")]
    [InlineData("/api/v1/open-data/2018/evaluation.csv")]
    public async Task Of_a_year_has_a_line_for_each_commitment(string address)
    {
        var lines = (await TextAsync(address, "text/csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines[0].ShouldContain("lofte;bedomd_dag;position;atagande;text;bedomning;preliminar;enhet;lovat;gjort");
        lines.Length.ShouldBe(5);
        lines[3].ShouldStartWith("norrmalm-2018;");
        lines[3].ShouldContain(";trafik;");
        lines[3].ShouldContain(";fulfilled;nej;events;4;4;");
    }

    [Theory]
    [InlineData("/api/v1/open-data/2018/status.json", 1)]
    [InlineData("/api/v1/open-data/2018/evaluation.json", 1)]
    [InlineData("/api/v1/open-data/1999/status.json", 0)]
    [InlineData("/api/v1/open-data/1999/evaluation.json", 0)]
    public async Task Of_a_year_has_each_promise_whose_term_begins_in_it(string address, int promises) =>
        (await norrmalm.ReadAsync(address)).GetArrayLength().ShouldBe(promises);

    [Fact]
    public async Task Tells_feed_readers_what_is_new()
    {
        var feed = XDocument.Parse(await TextAsync("/api/v1/open-data/atom.xml", "application/atom+xml")).Root!;

        feed.Name.ShouldBe(s_atom + "feed");
        var entry = feed.Elements(s_atom + "entry").ShouldHaveSingleItem();
        entry.Element(s_atom + "title")!.Value.ShouldBe("Nytt löfte: Medborgarlöfte på Norrmalm");
        entry.Element(s_atom + "updated")!.Value.ShouldBe("2017-12-18T09:00:00.000000Z");
        new Uri(entry.Element(s_atom + "link")!.Attribute("href")!.Value).AbsolutePath.ShouldBe("/loften/norrmalm-2018");
    }

    [Fact]
    public async Task Is_described_for_data_portals_with_addresses_that_answer()
    {
        using var catalogue = JsonDocument.Parse(await TextAsync("/api/v1/open-data/dcat.jsonld", "application/ld+json"));
        var set = catalogue.RootElement.GetProperty("dcat:dataset").EnumerateArray().ShouldHaveSingleItem();
        set.GetProperty("dcterms:identifier").GetString().ShouldBe("norrmalm-2018");

        foreach (var file in set.GetProperty("dcat:distribution").EnumerateArray())
        {
            var address = new Uri(file.GetProperty("dcat:accessURL").GetProperty("@id").GetString()!);
            using var answer = await norrmalm.GetAsync(address.PathAndQuery);
            answer.IsSuccessStatusCode.ShouldBeTrue(address.ToString());
            file.GetProperty("dcat:mediaType").GetProperty("@id").GetString()!
                .ShouldEndWith(answer.Content.Headers.ContentType!.MediaType!);
        }
    }

    private async Task<string> TextAsync(string address, string mediaType)
    {
        using var answer = await norrmalm.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        return text;
    }
}
