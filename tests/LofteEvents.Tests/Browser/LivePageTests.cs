using LofteEvents.Tests.Postgres;
using LofteEvents.Tests.Server;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace LofteEvents.Tests.Browser;

public sealed class A_promise_s_page_that_is_looked_at(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Path = "/loften/norrmalm-2018?on=2018-12-31&lang=sv";
    private LofteServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LofteServer.StartAsync(Ct);
        await _server.GiveNorrmalmAsync(Ct);
        await _server.PublishInsatsAsync(Ct);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Changes_when_something_is_learnt_without_being_loaded_again()
    {
        await using var context = await chromium.Browser.NewContextAsync();
        var (page, complaints) = await OpenAsync(context, _server.Anonymous().BaseAddress!);
        await page.EvaluateAsync("window.untouched = true");
        await page.Locator("#unga-narkotika .after a").FocusAsync();
        await Expect(page.Locator("#unga-narkotika .figures strong")).ToHaveTextAsync("1 av minst 3");

        await _server.PublishInsatsAsync(Ct);

        await Expect(page.Locator("#unga-narkotika .figures strong")).ToHaveTextAsync("2 av minst 3");
        await Expect(page.Locator("#tidslinje-nu tbody tr")).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Sidan har ändrats");
        (await page.EvaluateAsync<bool>("window.untouched === true")).ShouldBeTrue();
        await Expect(page.Locator("#unga-narkotika .after a")).ToBeFocusedAsync();
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Learns_what_it_missed_when_the_way_to_the_server_was_away()
    {
        var address = _server.Anonymous().BaseAddress!;
        await using var line = CuttableLine.To($"Host={address.Host};Port={address.Port}");
        var way = new NpgsqlConnectionStringBuilder(line.ConnectionString);
        await using var context = await chromium.Browser.NewContextAsync();
        var (page, _) = await OpenAsync(context, new UriBuilder("http", way.Host, way.Port).Uri);
        await Expect(page.Locator("#unga-narkotika .figures strong")).ToHaveTextAsync("1 av minst 3");

        line.Cut();
        await _server.PublishInsatsAsync(Ct);
        line.Mend();

        await Expect(page.Locator("#unga-narkotika .figures strong"))
            .ToHaveTextAsync("2 av minst 3", new() { Timeout = 60_000 });
    }

    private static async Task<(IPage Page, List<string> Complaints)> OpenAsync(IBrowserContext context, Uri server)
    {
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        var followed = page.WaitForRequestAsync(request => request.Url.Contains("/feed", StringComparison.Ordinal));
        await page.GotoAsync(new Uri(server, Path).ToString());
        await followed;
        return (page, complaints);
    }
}
