namespace TenantPortal.Domain.Search;

/// <summary>Collects the tokens of one text and keeps their places in it.</summary>
/// <param name="forms">The words read before, where many texts are read in a row.</param>
internal sealed class TokenWriter(WordForms? forms, int length = 0)
{
    // a word longer than this is an encoded blob: one key for it would only fill the vocabulary
    private const int LongestWord = 64;
    private const int LongestIdentifier = 200;
    private const int UsualWord = 6;
    private readonly List<Token> tokens = new(length / UsualWord + 2);
    private NormalisedText source;
    private int position;

    public List<Token> Written => tokens;

    public void Begin(NormalisedText text) => source = text;

    public void Clear()
    {
        tokens.Clear();
        position = 0;
    }

    /// <summary>Leaves a gap that no phrase can span.</summary>
    public void Skip() => position += 2;

    public void Word(int start, int end)
    {
        if (end <= start) return;
        var span = source.Text.AsSpan(start, Math.Min(end - start, LongestWord));
        var form = forms is null ? WordForm.Of(span) : forms.Of(span);
        if (form.Text == "not" && tokens.Count > 0 && tokens[^1] is { Text: "can" } can && can.Position == position - 1)
        {
            tokens[^1] = can with { Text = "cannot", Stem = "cannot", Form = null, Length = Place(start, end).End - can.Start };
            return;
        }

        if (form.Full is { } full)
        {
            foreach (var word in full) Add(word, word, TokenKinds.Word, start, end, advances: true);
            return;
        }

        if (form.IsName && !AmongCapitals(start, end))
            Add("+" + form.Text, "", TokenKinds.Identifier | TokenKinds.Protected | TokenKinds.Overlay, start, end, advances: false);
        Add(form.Text, form.Stem, form.Kinds, start, end, advances: true, form: form);
        if (form.Spelled is { } spelled)
            Add(spelled, EnglishStem.Of(spelled), TokenKinds.Word | TokenKinds.Overlay, start, end, advances: false, back: 1);
    }

    /// <summary>A word that stands for what the next tokens say too, such as wifi for wi-fi.</summary>
    public void Joined(string word, int start, int end) =>
        Add(word, EnglishStem.Of(Folding.Fold(word)), TokenKinds.Word | TokenKinds.Overlay, start, end, advances: false);

    public void Identifier(string text, int start, int end, bool code = false)
    {
        if (text.Length is 0 or > LongestIdentifier) return;
        Add(text, "", TokenKinds.Identifier | TokenKinds.Overlay | (code ? TokenKinds.Code : TokenKinds.None), start, end, advances: false);
    }

    /// <summary>Closes an identifier without words of its own, so that it takes one place.</summary>
    public void Place() => position++;

    public string Lower(int start, int end) => WordForm.Lower(source.Text.AsSpan(start, end - start));

    public string? Previous => tokens.Count > 0 && tokens[^1].Position == position - 1 ? tokens[^1].Text : null;

    private void Add(string text, string stem, TokenKinds kinds, int start, int end, bool advances, int back = 0, WordForm? form = null)
    {
        var place = Place(start, end);
        tokens.Add(new Token(text, stem, kinds, Math.Max(0, position - back), place.Start, place.End - place.Start) { Form = form });
        if (advances) position++;
    }

    private (int Start, int End) Place(int start, int end) => (source.Origin(start), end > start ? Math.Max(source.Origin(end), source.Origin(start)) : source.Origin(start));

    /// <summary>Whether the words around are capitals too, so that capitals say nothing.</summary>
    private bool AmongCapitals(int start, int end)
    {
        var text = source.Text;
        var before = start - 2;
        var after = end + 1;
        var left = before > 0 && char.IsUpper(text[before]) && char.IsUpper(text[before - 1]);
        var right = after + 1 < text.Length && char.IsUpper(text[after]) && char.IsUpper(text[after + 1]);
        return left && right;
    }
}
