using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Triage;

namespace TenantPortal.Domain.Tests.Triage;

/// <summary>A retailer with tills, card machines and a web shop, and an accountancy without any, both under the same words.</summary>
internal static class Shops
{
    public const string Quote = "4.2 Point-of-sale. Where the point-of-sale system at any Shop is unavailable or slow, the Supplier shall respond within one hour.";
    public static readonly SiteId Leeds = SiteId.New(), Bath = SiteId.New();
    private static readonly TenantId Client = TenantId.New();

    public static TriageRules Rules { get; } = new()
    {
        CategoriesVersion = "words-7",
        MatrixVersion = "matrix-3",
        Categories =
        [
            Category("printing/printer", "Printers", ["printer offline", "paper jam"], ["printer", "print", "toner"], ["receipt printer"]),
            Category("pos/till", "Tills", ["tills hanging", "till frozen"], ["till", "pos", "counter"], ["training video", "pos training", "counter offer"]),
            Category("pos/payment", "Card payments", ["cards won't go through", "card machine"], ["card", "cards", "terminal"], ["business card", "business cards", "sim card", "terminal server"]),
            Category("device/performance", "Slow computer", ["very slow"], ["slow", "hangs"], ["tills hanging"]),
            Category("other/question", "Something else", ["how do i"], ["question", "help"], []),
        ],
        UrgentWords = ["down", "offline", "nobody can", "cards won't go through", "hacked"],
        MildWords = ["training", "video", "tutorial", "question", "how do i"],
        RiskTags = [new(RiskTags.Security, ["phishing", "hacked"]), new(RiskTags.Billing, ["invoice"]), new(RiskTags.Legal, ["gdpr"])],
        Matrix =
        [
            .. new[] { (Impact.One, "3344"), (Impact.Team, "2334"), (Impact.Site, "1234"), (Impact.Company, "1224") }
                .SelectMany(row => Enum.GetValues<Urgency>().Select(u => new MatrixCell(row.Item1, u, (Priority)(row.Item2[(int)u] - '0')))),
        ],
    };

    public static CompiledRules Retailer { get; } = new(new(Rules),
        [
            System("pos", "Point of sale", true, "till", "tills", "POS", "kassa", "counter", "checkout"),
            System("card-payments", "Card payments", true, "card machine", "card machines", "PDQ", "cards", "terminal", "contactless"),
            System("web-shop", "Web shop", true, "web shop", "website"),
            System("stock", "Stock system", false, "stock system", "stock count"),
        ],
        Contract, [Clause("Point-of-sale outage", "Point of sale", Priority.P1, Quote, "ines", ["down", "slow"]), Clause("Card payments outage", "Card payments", Priority.P1, "4.3 Card payments.", "ines", ["down", "slow"]), Clause("Web shop", "Web shop", Priority.P2, "4.5 Web shop.", null, ["down"])],
        new Dictionary<string, string> { ["ines"] = "Ines Duarte (Network lead)" });

    public static CompiledRules Accountancy { get; } = new(new(Rules), [System("ledger", "LedgerPro", true, "ledger", "practice software")], null, []);

    /// <summary>The retailer with a till clause for Leeds alone.</summary>
    public static CompiledRules LeedsOnly { get; } = new(new(Rules), [System("pos", "Point of sale", false, "till", "tills")], Contract, [Clause("Leeds", "Point of sale", Priority.P1, Quote, null, ["down", "slow"], Leeds)]);

    public static Report Said(string subject, string text = "") => new() { Subject = subject, Text = text };

    public static Verdict Judge(CompiledRules rules, string subject, string text = "") => TriageVerdict.For(Said(subject, text), rules, RecentHistory.Empty);

    private static Contract Contract => new() { TenantId = Client, Name = "Gold", Tier = "Gold", StartsOn = new(2020, 1, 1), Hours = new("Europe/London", new Dictionary<string, IReadOnlyList<string>>(), []), Targets = [], Version = 5 };

    private static CategoryRule Category(string id, string title, string[] strong, string[] words, string[] against) => new(id, title, "service-desk", title, strong, words, against, []);

    private static NamedSystem System(string key, string name, bool critical, params string[] everyday) => new() { TenantId = Client, ExternalRef = key, Name = name, Everyday = [.. everyday], IsCritical = critical };

    private static Clause Clause(string title, string system, Priority priority, string quote, string? path, string[] when, params SiteId[] sites) => new()
    {
        TenantId = Client, ContractId = Guid.NewGuid(), Title = title, System = system, When = [.. when], Sites = [.. sites], Priority = priority, FirstReplyMinutes = 60, ResolutionMinutes = 240, Quote = quote, Page = "7", Path = path,
    };
}
