using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Infrastructure.Search;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>The values of one guide for one reader. A contact without a required one gets no guide; an engineer sees the name of what is missing in its place.</summary>
/// <param name="Fill">Null: this reader is not offered the guide.</param>
internal sealed record GuideValues(Func<string, string?>? Fill, IReadOnlyList<string> Missing)
{
    public static GuideValues For(IReadOnlyDictionary<string, OpenVariable> open, VariableResolver resolver, ReaderPlace place, ReaderClass reader)
    {
        var values = open.ToDictionary(v => v.Key, v => resolver.For(v.Key, v.Value, place), StringComparer.Ordinal);
        List<string> missing = [.. open.Where(v => v.Value.Required && values[v.Key] is null).Select(v => v.Key).Order(StringComparer.Ordinal)];
        if (missing.Count > 0 && !GuideSight.IsStaff(reader)) return new(null, missing);
        return new(name => values.GetValueOrDefault(name) ?? (missing.Contains(name) ? $"[{name}]" : ""), missing);
    }
}
