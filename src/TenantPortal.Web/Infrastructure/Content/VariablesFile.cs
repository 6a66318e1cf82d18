using TenantPortal.Domain.Knowledge;

namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads variables.yml: values for guides at the library's, the client's, a site's or a device's level.</summary>
internal static class VariablesFile
{
    public static List<VariableEntry> Read(YamlRecord record)
    {
        var values = new List<VariableEntry>();
        Add(values, VariableLevel.Library, null, record.Record("library"));
        Add(values, VariableLevel.Client, null, record.Record("client"));
        foreach (var (level, key) in new[] { (VariableLevel.Site, "sites"), (VariableLevel.Device, "devices") })
        {
            if (record.Record(key) is not { } owners) continue;
            foreach (var owner in owners.Keys) Add(values, level, owner, owners.Record(owner));
        }
        record.Done();
        return values;
    }

    private static void Add(List<VariableEntry> values, VariableLevel level, string? owner, YamlRecord? map)
    {
        foreach (var name in map?.Keys ?? [])
        {
            if (!ContentNames.IsVariable(name)) map!.Problem(name, $"A variable is written like account.portal_url; “{name}” is not.");
            if (ContentNames.Facts.Contains(name)) map!.Problem(name, $"{name} comes from the client's records; it is not set here.");
            values.Add(new(level, owner, name, map!.Text(name, 1000)));
        }
    }
}
