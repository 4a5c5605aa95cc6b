using System.Text.Json;

namespace LofteEvents.Schemas;

/// <summary>
/// <c>oneOf</c> and <c>anyOf</c> (Core §10.2.1.2, §10.2.1.3). What is wrong is said of the form that was meant, where that can be
/// told: by a member whose constant differs from form to form, by the type, or by the fewest faults.
/// </summary>
internal sealed class ChoiceKeyword(SchemaNode[] forms, bool onlyOne) : SchemaKeyword
{
    private ChoiceByMember? _byMember;
    private bool _isSettled;

    public override IEnumerable<SchemaNode> InPlace => forms;

    /// <summary>
    /// The forms may refer to what is compiled later, so they are looked into only when the whole schema is there.
    /// </summary>
    public void Settle()
    {
        if (_isSettled)
            return;

        _isSettled = true;
        _byMember = ChoiceByMember.Find(forms);
    }

    public override bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (_byMember is not null && value.ValueKind == JsonValueKind.Object)
            return _byMember.Holds(value, report);

        var fitting = 0;
        foreach (var form in forms)
        {
            if (!form.Holds(value, null))
                continue;
            if (!onlyOne)
                return true;

            fitting++;
        }

        if (fitting == 1)
            return true;
        if (report is null)
            return false;
        if (fitting > 1)
        {
            return Fail(
                report, $"This fits {fitting} of the forms that are allowed here, and must fit one; take out what is too much.");
        }

        ReportClosest(value, report);
        return false;
    }

    private void ReportClosest(JsonElement value, SchemaReport report)
    {
        var sameType = forms.Where(form => form.Find<TypeKeyword>()?.Admits(value) ?? true).ToList();
        if (sameType.Count == 0)
        {
            var wanted = forms.Aggregate((JsonTypes)0, (all, form) => all | form.Find<TypeKeyword>()!.Types);
            new TypeKeyword(wanted).Holds(value, report);
            return;
        }

        var closest = sameType.Select(form => report.Try(trial => form.Holds(value, trial))).MinBy(faults => faults.Count)!;
        if (sameType.Count > 1)
        {
            var names = forms.Select(form => form.Title).OfType<string>().ToList();
            var named = names.Count == forms.Length ? $" ({string.Join(", ", names)})" : "";
            report.Add(
                $"This fits none of the {forms.Length} forms that are allowed here{named}; the closest one's faults follow.");
        }

        report.AddAll(closest);
    }
}

/// <summary>A choice told by one required member, whose constants differ from form to form.</summary>
internal sealed class ChoiceByMember
{
    private readonly string _member;
    private readonly (JsonElement[] Values, SchemaNode Form)[] _forms;

    private ChoiceByMember(string member, (JsonElement[] Values, SchemaNode Form)[] forms)
    {
        _member = member;
        _forms = forms;
    }

    public static ChoiceByMember? Find(SchemaNode[] forms)
    {
        if (forms.Length == 0 || forms[0].Find<ObjectKeyword>() is not { } first)
            return null;

        foreach (var candidate in first.Rules.Members.Where(member => member.RequiredBit >= 0))
        {
            var values = forms.Select(form => ValuesOf(form, candidate.Name)).ToList();
            if (values.TrueForAll(found => found is not null) && AreDistinct(values!))
                return new ChoiceByMember(candidate.Name, [.. values.Zip(forms, (found, form) => (found!, form))]);
        }

        return null;
    }

    public bool Holds(in JsonElement value, SchemaReport? report)
    {
        if (!value.TryGetProperty(_member, out var said))
        {
            report?.AddAt(_member, $"'{_member}' is missing; it tells which form this is: {Allowed()}.");
            return false;
        }

        foreach (var (values, form) in _forms)
        {
            foreach (var constant in values)
            {
                if (JsonElement.DeepEquals(constant, said))
                    return form.Holds(value, report);
            }
        }

        report?.AddAt(_member, $"{report.Quote(said)} is none of {Allowed()}; take one of them.");
        return false;
    }

    private static JsonElement[]? ValuesOf(SchemaNode form, string member) =>
        form.Find<ObjectKeyword>() is { } described
            ? described.Rules.Members.FirstOrDefault(known => known.Name == member && known.RequiredBit >= 0)
                ?.Schema?.Find<OneOfValuesKeyword>()?.Values
            : null;

    private static bool AreDistinct(IEnumerable<JsonElement[]> values)
    {
        var all = values.SelectMany(value => value).ToList();
        return all.Distinct(JsonValueComparer.Instance).Count() == all.Count;
    }

    private string Allowed() =>
        string.Join(", ", _forms.SelectMany(form => form.Values).Select(value =>
            value.ValueKind == JsonValueKind.String ? $"'{value.GetString()}'" : value.GetRawText()));
}
