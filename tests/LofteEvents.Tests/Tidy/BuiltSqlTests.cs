namespace LofteEvents.Tests.Tidy;

public class Queries
{
    [Fact]
    public void None_in_the_repository_is_put_together_from_strings() => House.MustKeep(House.Code.SelectMany(BuiltSql.In));

    [Theory]
    [InlineData("""var id = "x"; var q = $"SELECT * FROM mt_events WHERE id = '{id}'";""")]
    [InlineData("""var id = "x"; var q = "SELECT * FROM mt_events WHERE id = '" + id + "'";""")]
    [InlineData("""var id = "x"; var q = $"DELETE FROM {id} WHERE true";""")]
    [InlineData("""var id = "x"; var q = $"CREATE DATABASE {id} ";""")]
    public void One_with_a_value_in_its_text_is_found(string code) =>
        BuiltSql.In(CodeFile.Sample("src/Sample.cs", code)).ShouldHaveSingleItem().Message.ShouldContain("$1");

    [Theory]
    [InlineData("""const string Table = "mt_events"; var q = $"SELECT 1 FROM {Table} WHERE id = $1";""")]
    [InlineData("""var q = "SELECT 1 " + "FROM mt_events";""")]
    [InlineData("""var n = "x"; var q = $"CREATE DATABASE {Quote(n)} "; string Quote(string name) => name;""")]
    [InlineData("""var n = "x"; var q = $"Please select {n} of them";""")]
    public void Constants_quoted_names_and_prose_are_left_alone(string code) =>
        BuiltSql.In(CodeFile.Sample("src/Sample.cs", code)).ShouldBeEmpty();
}
