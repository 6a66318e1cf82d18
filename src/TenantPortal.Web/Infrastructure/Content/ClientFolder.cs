namespace TenantPortal.Web.Infrastructure.Content;

/// <summary>Reads a client's folder; any problem in it refuses the whole client.</summary>
/// <param name="staff">Keys of staff members and names of roles that a clause or a ticket may name.</param>
public sealed class ClientFolder(string folder, IReadOnlySet<string> staff, ContentProblems problems)
{
    private static readonly string[] Known =
    [
        "client.yml", "sites.yml", "people.yml", "devices.yml", "software.yml", "printers.yml", "vpn.yml", "changes.yml", "variables.yml", "systems.yml", "contract.yml", "tickets/past.jsonl", "tickets/live.jsonl",
    ];

    public ClientFiles? Read()
    {
        if (!Directory.Exists(folder))
        {
            problems.Add(folder, 0, "This is not a folder.");
            return null;
        }
        var names = FolderFiles.In(folder);
        foreach (var name in names.Where(name => !Known.Contains(name) && !(name.StartsWith("media/", StringComparison.Ordinal) && name.EndsWith(".svg", StringComparison.Ordinal)))) problems.Add(name, 0, "Nothing reads this file. Remove it, or see docs/content-format.md for where it belongs.");

        var head = ReadHead();
        var refs = new ClientRefs(staff);
        var sites = List("sites.yml", "sites", refs.Sites, ProfileFile.Site);
        var devices = List("devices.yml", "devices", refs.Devices, ProfileFile.Device);
        var people = List("people.yml", "people", refs.People, ProfileFile.Person);
        var systems = List("systems.yml", "systems", refs.Systems, ProfileFile.System);
        var software = List("software.yml", "software", [], ProfileFile.Software);
        var printers = List("printers.yml", "printers", [], ProfileFile.Printer);
        var vpn = List("vpn.yml", "profiles", [], ProfileFile.Vpn);
        var changes = List("changes.yml", "changes", [], ProfileFile.Change);
        var variables = Open("variables.yml") is { } values ? VariablesFile.Read(values) : [];
        var (contract, clauses) = Open("contract.yml") is { } agreement ? ContractFile.Read(agreement) : (null, []);
        var tickets = names.Where(n => n.StartsWith("tickets/", StringComparison.Ordinal) && Known.Contains(n)).SelectMany(Tickets).ToList();
        if (problems.Any || head is null) return null;

        var files = new ClientFiles
        {
            Head = head, Sites = sites, People = people, Devices = devices, Software = software, Printers = printers, Vpn = vpn, Changes = changes,
            Variables = variables, Systems = systems, Contract = contract, Clauses = clauses, Tickets = tickets,
        };
        new ClientChecks(files, refs, problems).Check();
        return problems.Any ? null : files;
    }

    private ClientHead? ReadHead()
    {
        if (ContentFile.ReadText(folder, "client.yml", problems) is not { } file || YamlTree.ReadMap(file) is not { } map) return null;
        return ProfileFile.Head(new YamlRecord(file, map), name => ContentFile.ReadText(folder, "media/" + name, problems) is { } svg && SvgPicture.Read(svg) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null);
    }

    private YamlRecord? Open(string name) =>
        File.Exists(Path.Combine(folder, name)) && ContentFile.ReadText(folder, name, problems) is { } file && YamlTree.ReadMap(file) is { } map ? new(file, map) : null;

    private List<T> List<T>(string name, string key, HashSet<string> refs, Func<YamlRecord, T> read)
    {
        var entries = new List<T>();
        if (Open(name) is not { } record) return entries;
        foreach (var entry in record.Records(key))
        {
            var reference = ProfileFile.Ref(entry);
            if (reference.Length > 0 && !refs.Add(reference)) entry.Problem("ref", $"The ref “{reference}” is there twice.");
            entries.Add(read(entry));
            entry.Done();
        }
        record.Done();
        return entries;
    }

    private IEnumerable<TicketEntry> Tickets(string name) =>
        ContentFile.ReadText(folder, name, problems, ContentFile.MostTicketBytes) is { } file ? TicketsFile.Read(file, isPast: name == "tickets/past.jsonl") : [];
}

/// <summary>The names one client's files may refer to.</summary>
internal sealed class ClientRefs(IReadOnlySet<string> staff)
{
    public HashSet<string> Sites { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Devices { get; } = new(StringComparer.Ordinal);
    public HashSet<string> People { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Systems { get; } = new(StringComparer.Ordinal);
    public IReadOnlySet<string> Staff { get; } = staff;
}
