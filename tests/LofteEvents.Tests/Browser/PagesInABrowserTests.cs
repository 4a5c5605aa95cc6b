using LofteEvents.Tests.Server;
using Microsoft.Playwright;

namespace LofteEvents.Tests.Browser;

public sealed class The_pages_in_a_browser(Chromium chromium, NorrmalmFixture norrmalm)
    : IClassFixture<Chromium>, IClassFixture<NorrmalmFixture>
{
    private const string Lofte = "/loften/norrmalm-2018?on=2018-10-01&lang=sv";

    public static TheoryData<string> Addresses { get; } =
        ["/?lang=sv", Lofte, "/loften/norrmalm-2018/atagande/trafik?on=2018-10-01",
            "/loften/norrmalm-2018/tidslinje", "/loften/norrmalm-2018/utvardering?on=2018-11-15", "/tillganglighet"];

    /// <summary>
    /// WCAG 2.2, success criterion 1.4.10: at a width of 320 pixels nothing is scrolled sideways but a table of its own.
    /// </summary>
    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Fit_the_narrowest_phone(string address)
    {
        await using var context = await ContextAsync(width: 320);
        var page = await OpenAsync(context, address);

        var (content, window) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 320);
        content.ShouldBeLessThanOrEqualTo(window);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Break_none_of_the_rules_that_the_server_set_for_them(string address)
    {
        await using var context = await ContextAsync(width: 1200);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"{request.Url}: {request.Failure}");

        await page.GotoAsync(Address(address));

        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Are_read_without_script()
    {
        await using var context = await chromium.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await OpenAsync(context, Lofte);

        (await page.Locator("#trafik .badge").InnerTextAsync()).ShouldBe("Riskerar att inte hållas");
        await page.GetByText("Läs hela löftet så som det publicerades").ClickAsync();
        (await page.Locator(".verbatim").IsVisibleAsync()).ShouldBeTrue();
        await page.Locator("#on").FillAsync("2018-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Visa" }).ClickAsync();
        (await page.Locator("#trafik .badge").InnerTextAsync()).ShouldBe("Uppfyllt");
    }

    [Fact]
    public async Task Are_walked_through_with_the_keyboard_from_a_way_past_the_banner()
    {
        await using var context = await ContextAsync(width: 1200);
        var page = await OpenAsync(context, Lofte);

        await page.Keyboard.PressAsync("Tab");
        (await page.Locator(":focus").InnerTextAsync()).ShouldBe("Hoppa till innehållet");
        (await page.Locator(":focus").IsVisibleAsync()).ShouldBeTrue();
        await page.Keyboard.PressAsync("Enter");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("innehall");
    }

    /// <summary>WCAG 2.2, success criterion 2.5.8.</summary>
    [Fact]
    public async Task Have_buttons_and_fields_that_a_thumb_can_hit()
    {
        await using var context = await ContextAsync(width: 390);
        var page = await OpenAsync(context, Lofte);

        foreach (var target in await page.Locator("button, input:not([type=hidden]), summary, .banner a").AllAsync())
        {
            var box = (await target.BoundingBoxAsync()).ShouldNotBeNull();
            box.Height.ShouldBeGreaterThanOrEqualTo(24);
            box.Width.ShouldBeGreaterThanOrEqualTo(24);
        }
    }

    [Fact]
    public async Task Keep_their_content_and_drop_their_tools_in_print()
    {
        await using var context = await ContextAsync(width: 800);
        var page = await OpenAsync(context, Lofte);

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        (await page.Locator("#trafik .figures").IsVisibleAsync()).ShouldBeTrue();
        (await page.Locator(".other-day").IsVisibleAsync()).ShouldBeFalse();
    }

    private Task<IBrowserContext> ContextAsync(int width) =>
        chromium.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, Locale = "sv-SE" });

    private async Task<IPage> OpenAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        (await page.GotoAsync(Address(address)))!.Ok.ShouldBeTrue();
        return page;
    }

    private string Address(string path) => new Uri(norrmalm.Server.Anonymous().BaseAddress!, path).ToString();
}
