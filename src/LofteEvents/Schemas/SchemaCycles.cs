namespace LofteEvents.Schemas;

/// <summary>
/// A schema may lead back to itself by way of a member or an item, never for the very same value: that would not end.
/// </summary>
internal static class SchemaCycles
{
    public static void Refuse(IReadOnlyList<(string Pointer, SchemaNode Node)> nodes)
    {
        var sound = new HashSet<SchemaNode>();
        foreach (var (pointer, node) in nodes)
            Visit(node, pointer, sound, []);
    }

    private static void Visit(SchemaNode node, string pointer, HashSet<SchemaNode> sound, HashSet<SchemaNode> onTheWay)
    {
        if (sound.Contains(node))
            return;
        if (!onTheWay.Add(node))
        {
            throw new JsonSchemaException(
                pointer, "This schema refers to itself for the same value, so that checking would never end.");
        }

        foreach (var next in node.Keywords.SelectMany(keyword => keyword.InPlace))
            Visit(next, pointer, sound, onTheWay);

        onTheWay.Remove(node);
        sound.Add(node);
    }
}
