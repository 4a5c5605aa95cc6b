using System.Net;
using System.Net.Http.Headers;

namespace LofteEvents.Tests.Cli;

public class Patience_with_the_server
{
    private const string Status =
        """{"lofte":"x","on":"2018-10-01","asOf":null,"position":7,"commitments":[]}""";

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task What_is_asked_to_wait_is_sent_again(HttpStatusCode busy)
    {
        var wait = Answering.Json("{}", busy);
        wait.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
        var lofte = new Lofte { Transport = () => Answering.With(wait, Answering.Json(Status)) };

        var ran = await lofte.RunAsync("status x --url http://127.0.0.1:9");

        ran.ShouldExitWith(0).Output.ShouldContain("position 7");
        ran.Error.ShouldContain($"asks to wait ({(int)busy})");
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_the_answer()
    {
        var busy = Answering.Json(
            """{"code":"store.unavailable","title":"Away","status":503,"detail":"The database is away."}""",
            HttpStatusCode.ServiceUnavailable);
        busy.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromMinutes(10));
        var lofte = new Lofte { Transport = () => Answering.With(busy) };

        var ran = await lofte.RunAsync("status x --url http://127.0.0.1:9");

        ran.ShouldExitWith(1).Error.ShouldContain("The database is away. (store.unavailable)");
    }

    [Fact]
    public async Task A_server_that_goes_away_and_comes_back_is_waited_for()
    {
        var calls = 0;
        var lofte = new Lofte
        {
            Input = Said.Lines(Said.Insats("a"), Said.Insats("b")),
            Transport = () => new Answering((request, _) => ++calls switch
            {
                1 => Task.FromResult(Answering.Json("""{"token":"t","expires":"2030-01-01T00:00:00Z"}""")),
                2 or 4 => Task.FromResult(Answering.Json($$"""
                    {"results":[{"id":"a","source":"s","stream":"i","version":1,"position":{{calls}},"duplicate":false}]}
                    """)),
                _ => throw new HttpRequestException("gone"),
            }),
        };

        var ran = await lofte.RunAsync("events publish - --batch 1 --url http://127.0.0.1:9");

        ran.ShouldExitWith(0).Error.ShouldContain("does not answer; trying again");
        ran.Error.ShouldContain("2 recorded, 0 there already; position 4");
    }

    [Fact]
    public async Task Something_that_is_not_the_server_is_called_so()
    {
        var lofte = new Lofte { Transport = () => Answering.With(Answering.Json("<html>")) };
        var ran = await lofte.RunAsync("status x --url http://127.0.0.1:9");
        ran.ShouldExitWith(1).Error.ShouldContain("not of LofteEvents");
    }
}
