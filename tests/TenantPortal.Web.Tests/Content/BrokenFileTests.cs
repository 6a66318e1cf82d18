namespace TenantPortal.Web.Tests.Content;

public sealed class BrokenFileTests
{
    private const string Guide = "runbooks/reset-password.md";

    [Fact]
    public void The_small_pack_is_correct_before_it_is_broken()
    {
        using var folder = new ContentFolder();
        var (pack, problems) = folder.Read();
        Assert.Empty(problems.All);
        Assert.Equal(["open", "choose"], pack!.Runbooks.Single().Document.Steps.Select(s => s.Id));
    }

    // file, what is replaced, by what, line and a part of the reason
    [Theory]
    [InlineData(Guide, "minutes: 5", "minutes: 5\nminutes: 6", 15, "written twice")]
    [InlineData(Guide, "minutes: 5", "minutes: five", 14, "whole number")]
    [InlineData(Guide, "risk: none", "risk: none\napproved_by: anna", 16, "not known here")]
    [InlineData(Guide, "risk: none", "risk: none\nstate: published", 16, "not known here")]
    [InlineData(Guide, "risk: none", "risk: huge", 15, "none, low, medium, high")]
    [InlineData(Guide, "kind: runbook", "kind: &k runbook", 6, "Anchors")]
    [InlineData(Guide, "kind: runbook", "kind: *k", 6, "Aliases")]
    [InlineData(Guide, "kind: runbook", "kind: !!str runbook", 6, "Tags")]
    [InlineData(Guide, "kind: runbook", "kind: [[[[[[[[[x]]]]]]]]]", 6, "nested more than 8")]
    [InlineData(Guide, "title: Reset", "title: \"Reset", 4, "not valid YAML")]
    [InlineData(Guide, "  account.portal_url:", "  account.other:", 25, "not declared")]
    [InlineData(Guide, "variables:", "variables:\n  unused.name: { type: text, description: x }", 13, "never used")]
    [InlineData(Guide, "on_fail: choose", "on_fail: nowhere", 23, "no step")]
    [InlineData(Guide, "{id: choose, on_fail: escalate}", "{id: choose, on_fail: open}", 32, "in circles")]
    [InlineData(Guide, "{id: choose, on_fail: escalate}", "{id: open, on_fail: escalate}", 32, "used twice")]
    [InlineData(Guide, "> Expect: The words", "> So: The words", 31, "Expect")]
    [InlineData(Guide, "risk: none", "risk: medium", 22, "Rollback")]
    [InlineData(Guide, "media/page.svg", "media/gone.svg", 27, "missing in the pack")]
    [InlineData(Guide, "![The sign-in page]", "![]", 27, "text alternative")]
    [InlineData(Guide, "({{account.portal_url}})", "(javascript:alert(1)) {{account.portal_url}}", 25, "not allowed")]
    [InlineData(Guide, "({{account.portal_url}})", "(http://example.com) {{account.portal_url}}", 25, "not allowed")]
    [InlineData(Guide, "Type it twice.", "Type <b onclick=x>it</b> twice.", 34, "Raw HTML")]
    [InlineData(Guide, "category: accounts/password", "category: accounts/nothing", 8, "no category")]
    [InlineData("triage/matrix.yml", "workaround: P4, question: P4", "workaround: P4", 6, "“question” is missing")]
    [InlineData("triage/categories.yml", "tag: security", "tag: secret", 8, "security, billing, legal")]
    [InlineData("request-types/access.yml", "icon: key", "icon: skull", 7, "“icon”")]
    [InlineData("request-types/access.yml", "options: [Mail, Till], ", "", 9, "needs options")]
    [InlineData("glossary.yml", "same: [pwd]", "same: pwd", 3, "must be a list")]
    [InlineData("pack.yml", "name: small", "name: ../small", 2, "a to z")]
    [InlineData("media/page.svg", "<rect", "<script/><rect", 1, "<script>")]
    [InlineData("media/page.svg", "<rect", "<foreignObject/><rect", 1, "<foreignObject>")]
    [InlineData("media/page.svg", "<rect", "<rect onload=\"x\"", 1, "onload")]
    [InlineData("media/page.svg", "<rect", "<rect style=\"fill:red\"", 1, "style")]
    [InlineData("media/page.svg", "<rect", "<rect fill=\"url(https://example.com/x)\"", 1, "outside")]
    [InlineData("media/page.svg", "<rect", "<use href=\"https://example.com/x.svg#a\"/><rect", 1, "outside")]
    [InlineData("media/page.svg", "<svg", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg", 1, "DOCTYPE")]
    public void A_broken_file_is_refused_with_its_name_line_and_reason(string file, string from, string to, int line, string reason)
    {
        using var folder = new ContentFolder();
        folder.Change(file, from, to);
        var (pack, problems) = folder.Read();
        Assert.Null(pack);
        Assert.Contains(problems.All, p => p.File == file && p.Line == line && p.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_for_one_system_may_lead_to_a_step_for_all_but_not_to_one_its_reader_never_sees()
    {
        using var folder = new ContentFolder();
        folder.Change(Guide, "{id: open, on_fail: choose}", "{id: open, os: [windows], on_fail: choose}");
        Assert.NotNull(folder.Read().Pack);
        folder.Change(Guide, "{id: choose, on_fail", "{id: choose, os: [macos], on_fail");
        Assert.Contains(folder.Read().Problems.All, p => p is { File: Guide, Line: 23 } && p.Reason.Contains("dead end", StringComparison.Ordinal));
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        using var folder = new ContentFolder();
        folder.Write("pack.yml", "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n");
        var (pack, problems) = folder.Read();
        Assert.Null(pack);
        Assert.Contains(problems.All, p => p is { File: "pack.yml", Line: 1 } && p.Reason.Contains("Anchors", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_is_no_UTF_8_text_gets_in()
    {
        using var folder = new ContentFolder();
        folder.WriteBytes("glossary.yml", [.. "schema: 1\nterms: Caf"u8, 0xE9, (byte)'\n']);
        folder.WriteBytes("pack.yml", System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes("schema: 1")).ToArray());
        folder.WriteBytes("request-types/access.yml", "schema: 1\ntitle: a\0b\n"u8.ToArray());
        var problems = folder.Read().Problems.All;
        Assert.Contains(problems, p => p is { File: "glossary.yml", Line: 2 } && p.Reason.Contains("not UTF-8", StringComparison.Ordinal));
        Assert.Contains(problems, p => p is { File: "pack.yml", Line: 1 } && p.Reason.Contains("UTF-16", StringComparison.Ordinal));
        Assert.Contains(problems, p => p is { File: "request-types/access.yml", Line: 2 } && p.Reason.Contains("control character", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_and_CRLF_change_neither_meaning_nor_version()
    {
        using var folder = new ContentFolder();
        var before = folder.Read().Pack!.Runbooks.Single();
        folder.WriteBytes(Guide, [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(ContentFolder.Guide.ReplaceLineEndings("\r\n"))]);
        var after = folder.Read().Pack!.Runbooks.Single();
        Assert.Equal((before.Hash, before.Source), (after.Hash, after.Source));
    }

    [Fact]
    public void Too_large_linked_unknown_and_false_pictures_are_refused()
    {
        using var folder = new ContentFolder();
        folder.Write("glossary.yml", "#" + new string('x', 65 * 1024));
        folder.Write("notes.txt", "nobody reads me");
        folder.Write("media/false.png", "not a picture, whatever its name says");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "media/link.svg"), "/etc/hostname");
        var problems = folder.Read().Problems.All;
        Assert.Contains(problems, p => p.File == "glossary.yml" && p.Reason.Contains("64 KB", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == "notes.txt" && p.Reason.Contains("Nothing reads", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == "media/false.png" && p.Reason.Contains("no PNG", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.File == "media/link.svg" && p.Reason.Contains("is a link", StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_of_a_pack_are_told_at_once_and_words_of_ours_are_only_warned_about()
    {
        using var folder = new ContentFolder();
        folder.Change("pack.yml", "title: Small", "titel: Small");
        folder.Change(Guide, "minutes: 5", "minutes: 0");
        folder.Change("glossary.yml", "term: password", "term: \"\"");
        folder.Change(Guide, "One short paragraph.", "Your tenant has an SLA.");
        var problems = folder.Read().Problems;
        Assert.Equal(["glossary.yml", "pack.yml", Guide], problems.All.Select(p => p.File).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["sla", "tenant"], problems.Warnings.Select(w => w.Reason.Split('”')[0][1..]).Order(StringComparer.Ordinal));
    }
}
