using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.ClientSetup;

/// <summary>Tables as people really have them: bad rows, doubles, wrong letters. What is good comes in, what is not comes back with its reason, and nothing is lost.</summary>
public sealed class UploadTests(Portal portal) : IClassFixture<Portal>
{
    private const string Page = "/admin/clients/acorn/upload?kind=People";
    private World.Twin Acorn => portal.World.Acorn;

    [Fact]
    public async Task Seventy_of_eighty_rows_come_in_and_the_ten_bad_ones_come_back_with_their_reasons()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        var text = Eighty();
        var before = await PeopleAsync();
        var trial = await SendAsync(olive, "Check", text);
        Assert.Contains("This would add 70", trial.QuerySelector(".banner[role=status]:not([hidden])")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await PeopleAsync());
        var done = await SendAsync(olive, "BringIn", text);
        Assert.Contains("70 added, 0 changed", done.QuerySelector(".banner[role=status]:not([hidden])")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before + 70, await PeopleAsync());
        var reasons = done.QuerySelectorAll("tbody tr").Select(r => (Line: r.QuerySelector("td")!.TextContent, Why: r.QuerySelectorAll("td")[^1].TextContent)).ToList();
        Assert.Equal(10, reasons.Count);
        Assert.Contains(reasons, r => r.Line == "3" && r.Why.Contains("no mail address", StringComparison.Ordinal));
        Assert.Contains(reasons, r => r.Line == "4" && r.Why == "The name is missing.");
        Assert.Contains(reasons, r => r.Line == "5" && r.Why == "The same mail address as in line 2; that row was taken.");
        Assert.Contains(reasons, r => r.Line == "6" && r.Why.StartsWith("There is no site “Moon Base”", StringComparison.Ordinal));
        Assert.Contains(reasons, r => r.Line == "7" && r.Why.StartsWith("The role “king” is not known", StringComparison.Ordinal));
        Assert.Contains(reasons, r => r.Line == "8" && r.Why.StartsWith("It has 5 cells", StringComparison.Ordinal));

        // the rejected rows as a file: all ten, each with its reason, and once put right they come in
        using var file = await olive.SendAsync($"{Page}&handler=Rejected", Form(await olive.PageAsync(Page), text));
        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        var rejected = (await file.Content.ReadAsStringAsync(Desk.Cancel)).TrimStart('\uFEFF');
        Assert.Equal(11, rejected.TrimEnd().Split("\r\n").Length);
        Assert.Contains("line 6: There is no site", rejected, StringComparison.Ordinal);
        // again, it changes nothing
        Assert.Contains("0 added, 0 changed, 70 were the same already", (await SendAsync(olive, "BringIn", text)).QuerySelector(".banner[role=status]:not([hidden])")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("0 added, 1 changed", (await SendAsync(olive, "BringIn", "E-mail;Full Name;Phone\nperson0@acorn.example;Person Zero;01632 960321")).QuerySelector(".banner[role=status]:not([hidden])")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latin", "The letters in line 3 are not UTF-8")]
    [InlineData("workbook", "This is a workbook, not a CSV file")]
    [InlineData("binary", "This is no text")]
    public async Task A_file_in_wrong_letters_is_refused_whole_with_what_to_do(string what, string sentence)
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        var before = await PeopleAsync();
        byte[] bytes = what switch
        {
            "latin" => Encoding.Latin1.GetBytes("name,email\nAnn,ann@acorn.example\nRené,rene@acorn.example"),
            "workbook" => [0x50, 0x4B, 3, 4, 0, 0],
            _ => [1, 0, 2, 0, 3],
        };
        var page = await SendFileAsync(olive, bytes);
        Assert.Contains(sentence, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await PeopleAsync());
    }

    [Fact]
    public async Task A_file_with_any_byte_order_mark_and_any_separator_is_read_and_stands_in_the_box()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        foreach (var bytes in new[] { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("name\temail\nZoë Ü\tzoe@acorn.example")).ToArray(), Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("name;email\n\"Zoë; Ü\";zoe@acorn.example")).ToArray() })
        {
            var page = await SendFileAsync(olive, bytes);
            Assert.Contains("This would add 1", page.QuerySelector(".banner[role=status]:not([hidden])")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("Zoë", page.QuerySelector("#text")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Devices_find_their_people_and_sites_and_a_table_without_its_columns_is_refused()
    {
        using var olive = await portal.AsAsync(portal.World.Olive);
        const string devices = "/admin/clients/acorn/upload?kind=Devices";
        var done = await SendAsync(olive, "BringIn", $"hostname,type,os,os version,owner,location\nLT-900,laptop,windows,Windows 11 24H2,{Acorn.Employee.Email},High Street\nLT-901,spaceship,windows,,,\nLT-902,laptop,amiga,,,\nLT-903,laptop,windows,,ghost@acorn.example,", devices);
        Assert.Contains("1 added", done.QuerySelector(".banner[role=status]:not([hidden])")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["3", "4", "5"], done.QuerySelectorAll("tbody tr td:first-child").Select(c => c.TextContent));
        var device = await portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Devices.AsNoTracking().SingleAsync(d => d.Name == "LT-900", Desk.Cancel));
        Assert.Equal((Acorn.Employee.Id, Acorn.Site.Id, DeviceKind.Laptop), (device.ContactId!.Value, device.SiteId!.Value, device.Kind));
        Assert.Contains("does not name a column “name” or “email”", (await SendAsync(olive, "BringIn", "a,b\n1,2")).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_run_clients_finds_no_such_page()
    {
        using var priya = await portal.AsAsync(portal.World.Priya);
        Assert.NotEqual(HttpStatusCode.OK, (await priya.GetAsync(new Uri(Page, UriKind.Relative), Desk.Cancel)).StatusCode);
        using var olive = await portal.AsAsync(portal.World.Olive);
        Assert.Equal(HttpStatusCode.OK, (await olive.GetAsync(new Uri(Page, UriKind.Relative), Desk.Cancel)).StatusCode);
    }

    private static string Eighty()
    {
        var text = new StringBuilder("name,email,site,role\n").Append("Person 0,person0@acorn.example,High Street,contact\n").Append("Bad Mail,not-an-address,,\n").Append(",noname@acorn.example,,\n").Append("Double,PERSON0@acorn.example,,\n")
            .Append("Moon,moon@acorn.example,Moon Base,\n").Append("King,king@acorn.example,,king\n").Append("Five,five@acorn.example,,contact,extra\n").Append("No At,noat.acorn.example,,\n").Append("No Dot,nodot@acorn,,\n").Append("No Mail,,,\n").Append("Double Again,person0@acorn.example,,\n");
        for (var n = 1; n < 70; n++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Person {n},person{n}@acorn.example,High Street,\n");
        return text.ToString();
    }

    private Task<int> PeopleAsync() => portal.AsAsync(Acorn.Id, s => s.GetRequiredService<PortalDb>().Contacts.CountAsync(Desk.Cancel));

    private static MultipartFormDataContent Form(AngleSharp.Dom.IDocument page, string text)
    {
        var form = page.QuerySelector("main form[enctype]")!;
        var content = new MultipartFormDataContent { { new StringContent(text), "Text" } };
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]")) content.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        return content;
    }

    private static async Task<AngleSharp.Dom.IDocument> SendAsync(HttpClient browser, string handler, string text, string address = Page)
    {
        using var answer = await browser.SendAsync($"{address}&handler={handler}", Form(await browser.PageAsync(address), text));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }

    private static async Task<AngleSharp.Dom.IDocument> SendFileAsync(HttpClient browser, byte[] bytes)
    {
        var form = Form(await browser.PageAsync(Page), "");
        form.Add(new ByteArrayContent(bytes), "file", "people.csv");
        using var answer = await browser.SendAsync($"{Page}&handler=Check", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Forms.Read(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }
}
