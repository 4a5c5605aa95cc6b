using LofteEvents.Server.Access;
using static LofteEvents.Tests.Server.YoungPeopleOverHttp;

namespace LofteEvents.Tests.Server;

public sealed class Personal_data_that_is_wrong(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"name":12345678}""", 422)]
    [InlineData("""{"name":"Hemliga Namnet","Hemliga Namnet":"far"}""", 422)]
    [InlineData("""{"Hemliga Namnet":1.5}""", 400)]
    [InlineData("""{"name":"Hemliga Namnet","name":"Hemliga Namnet"}""", 400)]
    [InlineData("""{"guardians":[{"name":"Hemliga Namnet","phone":12345678}]}""", 422)]
    [InlineData(""" "Hemliga Namnet" """, 422)]
    public async Task Is_quoted_in_no_fault(string part, int status)
    {
        var publisher = fixture.Server.As(Roles.Publisher);
        var body = Youth(await publisher.NewInsatsAsync(Ct), Guid.NewGuid()).ToJsonString()
            .Replace(Sealed("Kim Åström", "20020101-0000").ToJsonString(), part, StringComparison.Ordinal);

        var answer = await publisher.PublishAsync(body, "application/cloudevents+json", Ct);

        answer.Status.ShouldBe(status, answer.Body.ToString());
        answer.Body.ToString().ShouldNotContain("Hemliga");
        answer.Body.ToString().ShouldNotContain("12345678");
        answer.Pointers.ShouldAllBe(pointer => pointer.StartsWith("#/data/sealed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"20020101-1234\"")]
    [InlineData("200201011234")]
    public async Task Is_not_quoted_where_it_stands_for_the_person(string mistaken)
    {
        var publisher = fixture.Server.As(Roles.Publisher);
        var person = Guid.NewGuid();
        var body = Youth(await publisher.NewInsatsAsync(Ct), person).ToJsonString()
            .Replace($"\"{person}\"", mistaken, StringComparison.Ordinal);

        var answer = await publisher.PublishAsync(body, "application/cloudevents+json", Ct);

        answer.Status.ShouldBe(422, answer.Body.ToString());
        answer.Pointers.ShouldBe(["#/data/person"]);
        answer.Body.ToString().ShouldNotContain("1234");
    }
}
