namespace TenantPortal.Web.Features.ClientSetup;

public enum UploadKind { People, Devices, Sites }

/// <summary>A row that was not taken, and why.</summary>
public sealed record RejectedRow(int Line, IReadOnlyList<string> Cells, string Why);

/// <summary>What a table did, or would do.</summary>
public sealed record UploadOutcome(IReadOnlyList<string> Header, int New, int Changed, int Same, IReadOnlyList<RejectedRow> Rejected);

/// <summary>The columns of a table by their names and by the names that other programs give them.</summary>
internal static class UploadColumns
{
    private static readonly Dictionary<string, string> Same = new(StringComparer.OrdinalIgnoreCase)
    {
        ["full name"] = "name", ["display name"] = "name", ["displayname"] = "name", ["device name"] = "name", ["hostname"] = "name", ["computer name"] = "name", ["site name"] = "name",
        ["e-mail"] = "email", ["mail"] = "email", ["email address"] = "email", ["user principal name"] = "email", ["userprincipalname"] = "email",
        ["telephone"] = "phone", ["mobile"] = "phone", ["phone number"] = "phone", ["job title"] = "title", ["jobtitle"] = "title", ["office"] = "site", ["location"] = "site", ["branch"] = "site",
        ["type"] = "kind", ["operating system"] = "os", ["os version"] = "os_version", ["osversion"] = "os_version", ["serial number"] = "serial", ["serialnumber"] = "serial", ["owner"] = "person", ["assigned to"] = "person", ["user"] = "person",
        ["external ref"] = "external_ref", ["id"] = "external_ref",
    };

    private static readonly Dictionary<UploadKind, string[]> Known = new()
    {
        [UploadKind.People] = ["name", "email", "phone", "title", "site", "role", "external_ref"],
        [UploadKind.Devices] = ["name", "kind", "model", "os", "os_version", "serial", "site", "person", "external_ref"],
        [UploadKind.Sites] = ["name", "address", "phone", "kind", "external_ref"],
    };

    public static IReadOnlyList<string> Of(UploadKind kind) => Known[kind];

    public static IReadOnlyList<string> Needed(UploadKind kind) => kind == UploadKind.People ? ["name", "email"] : ["name"];

    /// <summary>The place of each column that is known; what is not is left alone.</summary>
    public static Dictionary<string, int> Places(UploadKind kind, IReadOnlyList<string> header)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, title) in header.Index())
        {
            var name = Same.GetValueOrDefault(title, title.ToLowerInvariant().Replace(' ', '_'));
            if (Known[kind].Contains(name, StringComparer.Ordinal)) places.TryAdd(name, at);
        }
        return places;
    }
}
