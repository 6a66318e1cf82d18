using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Sla;
using TenantPortal.Domain.Tickets;

namespace TenantPortal.Web.Features.Contracts;

public enum Fault { Down, Slow, DownOrSlow }

public sealed class ClauseInput
{
    public string? Title { get; set; }
    public string? System { get; set; }
    public Fault Fault { get; set; } = Fault.DownOrSlow;
    public Breadth Breadth { get; set; }
    public List<Guid> Sites { get; set; } = [];
    public Priority Priority { get; set; } = Priority.P1;
    public int FirstReply { get; set; } = 60;
    public int Resolution { get; set; } = 480;
    public int? NextReply { get; set; }
    public ClockKind Clock { get; set; } = ClockKind.FirstHumanReply;
    public CalendarChoice Calendar { get; set; }
    public string? Path { get; set; }
    public string? Quote { get; set; }
    public string? Page { get; set; }
    public DateOnly? ReviewBy { get; set; }
    /// <summary>One report a line.</summary>
    public string? Catches { get; set; }
    public string? Leaves { get; set; }

    public static ClauseInput Of(ClauseRule rule, IReadOnlyList<ClauseCase> cases) => new()
    {
        Title = rule.Title, System = rule.System, Fault = rule.When.Contains("down") ? rule.When.Contains("slow") ? Fault.DownOrSlow : Fault.Down : Fault.Slow, Breadth = rule.Breadth, Sites = [.. rule.Sites.Select(s => s.Value)],
        Priority = rule.Priority, FirstReply = rule.FirstReplyMinutes, Resolution = rule.ResolutionMinutes, NextReply = rule.NextReplyMinutes, Clock = rule.Clock, Calendar = rule.Calendar, Path = rule.Path, Quote = rule.Quote, Page = rule.Page, ReviewBy = rule.ReviewBy,
        Catches = string.Join('\n', cases.Where(c => c.Speaks).Select(c => c.Text)), Leaves = string.Join('\n', cases.Where(c => !c.Speaks).Select(c => c.Text)),
    };

    public ClauseRule AsRule() => new()
    {
        Title = Clean(Title), System = Clean(System), When = Fault switch { Fault.Down => ["down"], Fault.Slow => ["slow"], Fault.DownOrSlow => ["down", "slow"] }, Breadth = Breadth, Sites = [.. Sites.Distinct().Select(s => new SiteId(s))],
        Priority = Priority, FirstReplyMinutes = FirstReply, ResolutionMinutes = Resolution, NextReplyMinutes = NextReply, Clock = Clock, Calendar = Calendar,
        Path = Clean(Path) is { Length: > 0 } path ? path : null, Quote = Clean(Quote), Page = Clean(Page) is { Length: > 0 } page ? page : null, ReviewBy = ReviewBy,
    };

    public IReadOnlyList<ClauseCase> AsCases() => [.. Lines(Catches).Select(text => new ClauseCase(text, true)), .. Lines(Leaves).Select(text => new ClauseCase(text, false))];

    public IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Clean(string? text) => CleanText.Of(text ?? "").Trim();
}

/// <summary>The form of one clause: a sentence that is filled in, its words in the contract, and reports it must catch or leave alone.</summary>
internal sealed class ClausePage(ReadContracts contracts, WriteClause write, IStringLocalizer<Words> words) : PageModel
{
    private const int LongestText = 2_000, LongestName = 200, MostCases = 50, MostMinutes = 527_040;

    [BindProperty] public ClauseInput Input { get; set; } = new();
    /// <summary>The clause that is changed; nothing for a new one.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Of { get; set; }
    public ContractRegister Register { get; private set; } = null!;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }
    public string Callee(string path) => contracts.Callee(path);
    public IReadOnlyList<string> Calls => write.Calls(Register.Client);

    public async Task<IActionResult> OnGetAsync(string client, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel)) return NotFound();
        if (Of is not { } id) return Page();
        var draft = Register.Drafts.FirstOrDefault(d => d.Version.ClauseId == id)?.Version;
        var inForce = Register.Clauses.FirstOrDefault(c => c.Clause.Id == id);
        if (draft is null && inForce is null) return NotFound();
        Input = draft is not null ? ClauseInput.Of(draft.Rule, draft.Cases) : ClauseInput.Of(ClauseRule.Of(inForce!.Clause), inForce.Version?.Cases ?? []);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string client, CancellationToken cancel)
    {
        if (!await LoadAsync(client, cancel)) return NotFound();
        Problem = Unreadable() ?? (await write.RunAsync(Register.Client, Of, Input.AsRule(), Input.AsCases(), cancel))?.Sentence;
        if (Problem is not null) return Page();
        Done = words["Written"];
        return Redirect($"/admin/contracts/{Register.Client.Slug}");
    }

    // what no form of ours sends, and what no contract says
    private string? Unreadable()
    {
        if (!ModelState.IsValid || !Enum.IsDefined(Input.Fault) || !Enum.IsDefined(Input.Breadth) || !Enum.IsDefined(Input.Priority) || !Enum.IsDefined(Input.Clock) || !Enum.IsDefined(Input.Calendar)) return words["Unreadable"].Value;
        if (new[] { Input.Title, Input.Page, Input.Path, Input.System }.Any(t => t?.Length > LongestName) || Input.Quote?.Length > LongestText) return words["TooLong", LongestName, LongestText].Value;
        if (Input.AsCases() is var cases && (cases.Count > MostCases || cases.Any(c => c.Text.Length > LongestText))) return words["TooManyCases", MostCases].Value;
        return Math.Max(Input.NextReply ?? 0, Math.Max(Input.FirstReply, Input.Resolution)) > MostMinutes ? words["TooLongPromise"].Value : null;
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (contracts.BySlug(slug) is not { } client) return false;
        Register = await contracts.OfAsync(client, cancel);
        return true;
    }
}
