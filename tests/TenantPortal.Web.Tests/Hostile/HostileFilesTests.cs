using System.Net;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Hostile;

/// <summary>Files that are not what they say: refused with a sentence, or kept as what they are, and never run by a browser.</summary>
public sealed class HostileFilesTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private World.Twin Acorn => portal.World.Acorn;

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "empty.png", [], "is empty" },
        { "setup.exe", [0x4D, 0x5A, 0x90, 0x00, 0x03, 0, 0, 0, 4, 0, 0, 0], "cannot be added. Pictures, PDF, Office, text and zip files can" },
        { "photo.jpg", [0x4D, 0x5A, 0x90, 0x00], "cannot be added" },
        { "song.mp3", [.. "ID3"u8, 3, 0, 0, 0, 0], "cannot be added" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_file_that_cannot_be_added_is_named_with_the_reason_and_the_text_is_kept(string name, byte[] bytes, string said)
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        var page = await eve.PageAsync($"{Acorn.Door}/report");
        var form = page.Fill("/report", ("Text", "My words stay here"));
        form.Add(new ByteArrayContent([.. Png, 1]), "Photos", "good.png");
        form.Add(new ByteArrayContent(bytes), "Photos", name);
        using var answer = await eve.SendAsync($"{Acorn.Door}/report", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var back = Forms.Read(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(said, back.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(name.Split('.')[0], back.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("My words stay here", back.QuerySelector("#text")!.TextContent);
        Assert.Contains("good.png", back.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page.png", "<!doctype html><script>hostile()</script>")]
    [InlineData("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='hostile()'><script>hostile()</script></svg>")]
    [InlineData("feed.xml", "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>")]
    public async Task Markup_is_kept_as_plain_text_to_be_saved_and_never_shown(string name, string content)
    {
        var kept = await AttachAsync(name, System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal(("text/plain", "attachment"), (kept.Content.Headers.ContentType!.MediaType, kept.Content.Headers.ContentDisposition!.DispositionType));
        Assert.EndsWith(".txt", kept.Content.Headers.ContentDisposition.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.Equal("nosniff", kept.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(content, await kept.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("../../../etc/passwd.png", "passwd.png")]
    [InlineData("C:\\Windows\\system32\\x.png", "x.png")]
    [InlineData("%2e%2e%2f|<b>:*?.png", "2e2e2fb.png")]
    [InlineData("\u202Egnp.exe", "gnp.exe.png")]
    [InlineData("....", "file.png")]
    public async Task A_name_is_only_a_name(string name, string shown)
    {
        using var kept = await AttachAsync(name, [.. Png, 1, 2, 3]);
        Assert.Equal(shown, kept.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal("image/png", kept.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_name_of_500_characters_is_shortened_and_a_picture_that_says_it_is_huge_is_only_bytes()
    {
        // 4 billion by 4 billion pixels in the header: nothing here draws it
        using var kept = await AttachAsync(new string('n', 500) + ".png", [.. Png, 0, 0, 0, 13, .. "IHDR"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 16, 6, 0, 0, 0]);
        Assert.Equal(new string('n', 100) + ".png", kept.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(29, (await kept.Content.ReadAsByteArrayAsync(Cancel)).Length);
    }

    [Fact]
    public async Task Of_twenty_files_five_are_kept_and_the_others_named()
    {
        using var eve = await portal.AsAsync(Acorn.Employee);
        var form = (await eve.PageAsync($"{Acorn.Door}/report")).Fill("/report", ("Text", "Twenty pictures"));
        for (var i = 0; i < 20; i++) form.Add(new ByteArrayContent([.. Png, (byte)i]), "Photos", $"picture{i}.png");
        using var answer = await eve.SendAsync($"{Acorn.Door}/report", form);
        var back = Forms.Read(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("picture5", back.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("at most 5 files fit. Your text is saved.", back.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Twenty pictures", back.QuerySelector("#text")!.TextContent);
        Assert.Contains("picture4.png", back.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> AttachAsync(string name, byte[] bytes)
    {
        var ticket = await portal.SendAsync(Acorn.Id, Desk.Report(Acorn, "Look at this"));
        var address = $"{Acorn.Door}/requests/{ticket.Number}";
        using var eve = await portal.AsAsync(Acorn.Employee);
        var form = (await eve.PageAsync(address)).Fill("handler=Reply", ("Text", "See the file"));
        form.Add(new ByteArrayContent(bytes), "Photos", name);
        using (var sent = await eve.SendAsync($"{address}?handler=Reply", form)) Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var link = (await eve.PageAsync(address)).QuerySelector(".attachments a")!.GetAttribute("href")!;
        return await eve.GetAsync(new Uri(link, UriKind.Relative), Cancel);
    }
}
