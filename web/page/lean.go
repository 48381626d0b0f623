package page

import (
	"html/template"
	"text/template/parse"
)

// lean takes from a page's copy of all layouts and parts those that it uses
// into a set of their own: the others would lie in memory once for each page.
func lean(t *template.Template, root string, functions ...template.FuncMap) (*template.Template, error) {
	own := template.New(root)
	for _, f := range functions {
		own.Funcs(f)
	}
	used := map[string]*parse.Tree{}
	trees(t, root, used)
	for name, tree := range used {
		if _, err := own.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return own, nil
}

// trees gathers a template and all that it includes.
func trees(t *template.Template, name string, found map[string]*parse.Tree) {
	part := t.Lookup(name)
	if found[name] != nil || part == nil || part.Tree == nil {
		return
	}
	found[name] = part.Tree
	for _, included := range includes(part.Tree.Root) {
		trees(t, included, found)
	}
}

// includes gives the names that the nodes include.
func includes(list *parse.ListNode) (names []string) {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TemplateNode:
			names = append(names, n.Name)
		case *parse.ListNode:
			names = append(names, includes(n)...)
		case *parse.IfNode:
			names = append(names, branches(&n.BranchNode)...)
		case *parse.RangeNode:
			names = append(names, branches(&n.BranchNode)...)
		case *parse.WithNode:
			names = append(names, branches(&n.BranchNode)...)
		}
	}
	return names
}

func branches(n *parse.BranchNode) []string {
	return append(includes(n.List), includes(n.ElseList)...)
}
