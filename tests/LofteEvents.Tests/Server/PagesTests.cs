using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace LofteEvents.Tests.Server;

public sealed class The_pages_for_citizens(NorrmalmFixture norrmalm) : IClassFixture<NorrmalmFixture>
{
    private const string Lofte = "/loften/norrmalm-2018?on=2018-10-01";

    public static TheoryData<string> Addresses { get; } =
    [
        "/?on=2018-10-01",
        Lofte,
        "/loften/norrmalm-2018?on=2018-10-01&lang=en",
        "/loften/norrmalm-2018?on=2018-10-01&asOf=@200",
        "/loften/norrmalm-2018?on=2017-10-01",
        "/loften/norrmalm-2018/atagande/trafik?on=2018-10-01",
        "/loften/norrmalm-2018/atagande/forum?lang=en",
        "/loften/norrmalm-2018/tidslinje?on=2018-10-01",
        "/loften/norrmalm-2018/tidslinje?lang=en&page=3",
        "/tillganglighet",
        "/tillganglighet?lang=en",
        "/finns-inte",
        "/loften/finns-inte",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Have_no_inline_script_and_no_inline_style(string address)
    {
        var page = await PageAsync(address);

        page.QuerySelectorAll("style, iframe, object, embed").ShouldBeEmpty();
        page.QuerySelectorAll("script").ShouldAllBe(script => script.HasAttribute("src") && script.TextContent == "");
        page.All.SelectMany(element => element.Attributes)
            .Where(attribute => attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal))
            .Select(attribute => attribute.Name)
            .ShouldBeEmpty();
        page.QuerySelectorAll("[href^='javascript:']").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Lofte, "/api/v1/loften/norrmalm-2018/feed?on=2018-10-01")]
    [InlineData("/loften/norrmalm-2018", "/api/v1/loften/norrmalm-2018/feed")]
    [InlineData("/loften/norrmalm-2018?on=2018-10-01&asOf=@200", null)]
    [InlineData("/tillganglighet", null)]
    public async Task Follow_the_feed_where_they_show_the_present(string address, string? feed)
    {
        var page = await PageAsync(address);

        page.QuerySelector("[data-feed]")?.GetAttribute("data-feed").ShouldBe(feed);
        page.QuerySelectorAll("script").Length.ShouldBe(feed is null ? 0 : 1);
        page.QuerySelectorAll("[data-live]").ShouldAllBe(part => !string.IsNullOrEmpty(part.Id));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Are_built_so_that_a_screen_reader_finds_its_way(string address)
    {
        var page = await PageAsync(address);

        page.DocumentElement.GetAttribute("lang").ShouldBe(address.Contains("lang=en", StringComparison.Ordinal) ? "en" : "sv");
        page.Title.ShouldNotBeNullOrWhiteSpace();
        page.QuerySelectorAll("main").Length.ShouldBe(1);
        page.QuerySelectorAll("header.banner, footer").Length.ShouldBe(2);
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelector("body > a")!.GetAttribute("href").ShouldBe("#" + page.QuerySelector("main")!.Id);
        var levels = page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName[1] - '0').ToList();
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        ids.ShouldBeUnique();
        page.QuerySelectorAll("[aria-labelledby]").ShouldAllBe(element => ids.Contains(element.GetAttribute("aria-labelledby")));
        page.QuerySelectorAll("svg").ShouldAllBe(svg =>
            svg.GetAttribute("aria-hidden") == "true" || svg.HasAttribute("aria-label"));
        page.QuerySelectorAll("input:not([type=hidden])").ShouldAllBe(input =>
            page.QuerySelector($"label[for={input.Id}]") != null);
        page.QuerySelectorAll("table").ShouldAllBe(table =>
            table.QuerySelectorAll("thead th[scope=col]").Length > 0 && table.QuerySelectorAll("tbody th[scope=row]").Length > 0);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Have_no_link_that_leads_nowhere(string address)
    {
        var page = await PageAsync(address);

        var links = page.QuerySelectorAll("a[href], link[href]").Select(element => element.GetAttribute("href")!);
        foreach (var link in links.Distinct())
        {
            if (link[0] == '#')
            {
                page.GetElementById(link[1..]).ShouldNotBeNull(link);
            }
            else if (link[0] == '/')
            {
                using var answer = await GetAsync(link.Split('#')[0]);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, link);
            }
        }
    }

    [Fact]
    public async Task Tell_the_whole_promise_word_for_word()
    {
        var page = await PageAsync(Lofte);
        var promise = await norrmalm.ReadAsync("/api/v1/loften/norrmalm-2018");

        foreach (var list in (string[])["problems", "aims"])
        {
            foreach (var line in promise.GetProperty(list).EnumerateArray())
            {
                page.QuerySelectorAll("ul > li").ShouldContain(item => item.TextContent == line.GetString());
            }
        }

        foreach (var commitment in promise.GetProperty("commitments").EnumerateArray())
        {
            var text = commitment.GetProperty("text").GetString();
            page.QuerySelectorAll("article h3").ShouldContain(heading => heading.TextContent == text);
        }

        page.QuerySelector(".verbatim")!.TextContent.ShouldBe(promise.GetProperty("text").GetString());
        page.QuerySelectorAll(".verbatim, article h3, .plain").ShouldAllBe(element => element.GetAttribute("lang") == "sv");
    }

    [Fact]
    public async Task Never_number_the_problems()
    {
        var page = await PageAsync(Lofte);

        var list = page.QuerySelectorAll("li").Single(item => item.TextContent == "Illegala bosättningar").ParentElement!;
        list.LocalName.ShouldBe("ul");
    }

    [Fact]
    public async Task Say_each_verdict_in_plain_words_with_what_is_done_and_what_makes_it_so()
    {
        var trafik = (await PageAsync(Lofte)).GetElementById("trafik").ShouldNotBeNull();

        trafik.QuerySelector(".badge")!.TextContent.Trim().ShouldBe("Riskerar att inte hållas");
        trafik.QuerySelector(".preliminary").ShouldNotBeNull();
        trafik.QuerySelector(".figures strong")!.TextContent.ShouldBe("1 av minst 4");
        trafik.QuerySelector("svg.meter")!.GetAttribute("aria-label").ShouldBe("1 av minst 4");
        trafik.QuerySelectorAll("svg.meter rect.left").Length.ShouldBe(3);
        trafik.QuerySelectorAll(".evidence li").Length.ShouldBe(1);
        trafik.QuerySelector(".evidence a")!.GetAttribute("href")!.ShouldContain("/atagande/trafik?");
    }

    [Fact]
    public async Task Show_what_is_missing_as_missing()
    {
        var page = await PageAsync(Lofte);

        page.GetElementById("forum")!.QuerySelector(".missing")!.TextContent.ShouldContain("ingen uppgift");
        page.GetElementById("mal")!.ParentElement!.QuerySelector(".missing")!.TextContent.ShouldBe("ingen uppgift");
    }

    [Fact]
    public async Task Show_the_past_as_the_past()
    {
        var page = await PageAsync("/loften/norrmalm-2018?on=2018-10-01&asOf=@100");

        page.QuerySelector(".note")!.TextContent.ShouldContain("vad som var känt");
        page.GetElementById("natverk")!.QuerySelector(".figures strong")!.TextContent.ShouldBe("1 av minst 2");
    }

    [Fact]
    public async Task Say_of_every_event_that_does_not_count_why_not()
    {
        var page = await PageAsync("/loften/norrmalm-2018/atagande/trafik?on=2018-10-01&limit=100");

        var notCounted = page.GetElementById("raknas-inte")!.ParentElement!;
        var reasons = notCounted.QuerySelectorAll("tbody tr").Select(row => row.Children[3].TextContent).ToList();
        reasons.ShouldNotBeEmpty();
        reasons.ShouldAllBe(reason => reason.Trim().Length > 10);
        reasons.ShouldContain(reason => reason.Contains("är inte märkt", StringComparison.Ordinal));
        reasons.ShouldContain(reason => reason.Contains("efter den bedömda dagen, 1 oktober 2018", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("de,en;q=0.5", "en")]
    [InlineData("sv-SE,en;q=0.9", "sv")]
    [InlineData("de", "sv")]
    [InlineData("en;q=0", "sv")]
    public async Task Speak_the_language_that_the_browser_prefers(string preferred, string spoken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Accept-Language", preferred } } };
        using var answer = await norrmalm.Server.Anonymous().SendAsync(request, Token);

        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Token), Token);
        page.DocumentElement.GetAttribute("lang").ShouldBe(spoken);
        answer.Headers.Vary.ShouldContain("Accept-Language");
    }

    [Fact]
    public async Task Are_not_found_as_a_page_by_a_person_and_as_a_problem_by_a_program()
    {
        using var person = await GetAsync("/finns-inte");
        using var program = await norrmalm.GetAsync("/finns-inte");

        (person.StatusCode, program.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        person.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        program.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var api = await GetAsync("/api/v1/finns-inte");
        api.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Keep_what_a_publisher_wrote_as_text()
    {
        using var answer = await GetAsync("/loften/%3Cscript%3Ealert(1)%3C%2Fscript%3E?on=2018-10-01");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("<script");
    }

    private async Task<IDocument> PageAsync(string address)
    {
        using var answer = await GetAsync(address);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Token), Token);
    }

    private async Task<HttpResponseMessage> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Headers = { { "Accept", "text/html,*/*;q=0.8" }, { "Accept-Language", "sv" } },
        };
        return await norrmalm.Server.Anonymous().SendAsync(request, Token);
    }
}
