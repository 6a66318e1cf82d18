namespace TenantPortal.Bench.Pages;

/// <summary>What a person does again and again, in ours and in the floor.</summary>
/// <param name="Latency">Limits of the median at one connection.</param>
/// <param name="Rate">Limits of the floor's requests per second at 16 connections divided by ours.</param>
/// <param name="Sends">Each visit makes a ticket from a form that was filled before, so visits are counted, not timed.</param>
internal sealed record Journey(string Name, Limits Latency, Limits Rate, bool Sends, Func<int, Task<IVisitor>> Ours, Func<int, Task<IVisitor>> Floor);

/// <summary>The measured journeys, with the people who walk them.</summary>
internal sealed class Journeys(SeededPortal seeded, Child portal, Child floor, string owner, string floorDatabase)
{
    // reports are sent by people whose own list is not measured
    private const int FirstSender = 20;

    public IReadOnlyList<Journey> All =>
    [
        new("home", new(5, 2.5, 46), new(5, 3, 75), false, HomeAsync, async i => new PageVisitor(await FloorPersonAsync(i), "/", await NewestAsync(i))),
        new("ticket", new(5, 2.5, 95), new(5, 3, 103), false, TicketAsync, async _ => new PageVisitor(await FloorPersonAsync(0), $"/Ticket/{await FloorLongOneAsync()}", LastMessage)),
        new("desk ticket", new(5, 2.5, 95), new(5, 3, 103), false, DeskTicketAsync, async _ => new PageVisitor(await FloorPersonAsync(0), $"/Ticket/{await FloorLongOneAsync()}", LastMessage)),
        new("queue", new(5, 2.5, 83), new(5, 3, 103), false, async _ => new PageVisitor(await EngineerAsync(), "/desk", await FirstDueAsync()), async _ => new PageVisitor(await FloorPersonAsync(0), "/Queue", await FirstDueAsync())),
        new("search", new(5, 3, 60), new(5, 3, 96), false, async _ => new PageVisitor(await EngineerAsync(), $"/desk/search?q={Query}", Found), async _ => new PageVisitor(await FloorPersonAsync(0), $"/Search?q={Query}", Found)),
        new("submit", new(6, 3, 46), new(6, 3, 60), true, async i => new PortalSubmitter(await ContactAsync(FirstSender + i), Door(FirstSender + i), BenchTickets.Texts(i)), async i => new FloorSubmitter(await FloorPersonAsync(FirstSender + i), BenchTickets.Texts(i))),
    ];

    private const string LastMessage = "Message 20:", Found = "The scanner at the docking station freezes.";
    private static readonly string Query = string.Join('+', BenchTickets.SearchWords);

    /// <summary>The narrow search finds every ticket that holds the three words together, and no other.</summary>
    public async Task CheckSearchAsync()
    {
        using var ours = await EngineerAsync();
        using var floors = await FloorPersonAsync(0);
        foreach (var (name, page) in new[] { ("ours", await ours.GetAsync($"/desk/search?q={Query}")), ("the floor", await floors.GetAsync($"/Search?q={Query}")) })
        {
            var found = System.Text.Encoding.UTF8.GetString(page).Split(Found).Length - 1;
            if (found != BenchTickets.Together) throw new WrongAnswerException($"The search of {name} found {found} of {BenchTickets.Together} tickets.");
        }
    }

    private async Task<IVisitor> HomeAsync(int number) => new PageVisitor(await ContactAsync(number), Door(number), await FirstDueOfAsync(number));

    private async Task<IVisitor> TicketAsync(int number) => new PageVisitor(await ContactAsync(0), $"{Door(0)}/requests/{await LongOneAsync()}", LastMessage);

    private async Task<IVisitor> DeskTicketAsync(int number) => new PageVisitor(await EngineerAsync(), $"/desk/tickets/{seeded.Clients[0].TicketPrefix}-{await LongOneAsync()}", LastMessage);

    private string Door(int number) => $"/c/{seeded.Person(number).Client.Slug}";

    private async Task<Browser> ContactAsync(int number)
    {
        var browser = new Browser(portal.Address);
        await browser.SignInAsync($"{Door(number)}/sign-in/demo", new KeyValuePair<string, string>("id", seeded.Person(number).Contact.Id.ToString()));
        return browser;
    }

    private async Task<Browser> EngineerAsync()
    {
        var browser = new Browser(portal.Address);
        await browser.SignInAsync("/desk/sign-in/demo", new KeyValuePair<string, string>("id", seeded.Engineer.Id.ToString()));
        return browser;
    }

    private async Task<Browser> FloorPersonAsync(int number)
    {
        var browser = new Browser(floor.Address);
        var form = await browser.FillAsync("/Login", form => ((AngleSharp.Html.Dom.IHtmlInputElement)form.QuerySelector("[name=email]")!).Value = seeded.Person(number).Contact.Email);
        await browser.PostAsync(form);
        return browser;
    }

    // our first page lists by due time, the floor's the newest first
    private Task<string> FirstDueOfAsync(int number) => Cluster.AskAsync<string>(owner, $"select subject from ticket where contact_id = '{seeded.Person(number).Contact.Id}' and is_open order by due_at, number limit 1");

    private Task<string> NewestAsync(int number) => Cluster.AskAsync<string>(owner, $"select subject from ticket where contact_id = '{seeded.Person(number).Contact.Id}' order by opened_at desc limit 1");

    private Task<string> FirstDueAsync() => Cluster.AskAsync<string>(owner, "select subject from ticket where is_open order by due_at, id limit 1");

    private Task<int> LongOneAsync() => Cluster.AskAsync<int>(owner, $"select number from ticket where subject = '{BenchTickets.LongOne}'");

    private Task<long> FloorLongOneAsync() => Cluster.AskAsync<long>(floorDatabase, $"select id from ticket where subject = '{BenchTickets.LongOne}'");
}
